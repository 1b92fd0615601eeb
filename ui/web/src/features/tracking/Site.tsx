import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tracking } from '@/api/tracking'
import { makeSiteKey, removeSiteKey, siteKeysOptions, visitsTodayOptions } from '@/api/tracking'
import { Copyable } from '@/components/Copyable'
import type { Column } from '@/components/DataTable'
import { Section } from '@/components/states'
import { Tool } from '@/features/keep/Actions'
import { Part, useMoment } from '@/features/keep/Part'
import { useFormat } from '@/lib/useFormat'
import { snippet } from './model'
import css from './Tracking.module.css'
import { useSave } from './useSave'

/** One line for the pages of the site, with a key of its own, and whether it works. */
export function Site({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  const [consent, setConsent] = useState(tracking.consent === 'required')
  const [forms, setForms] = useState(false)
  const [secret, setSecret] = useState('')
  const make = useSave(makeSiteKey, t('tracking.keyMade'), (key) => setSecret(key.secret))
  const code = snippet(window.location.origin, secret || 'tmk_…', { consent, forms })
  return (
    <>
      <Section id="site" title={t('tracking.site')} text={t('tracking.siteText')}>
        <div className={`stack ${css.wide}`}>
          <Choice label={t('tracking.askConsent')} checked={consent} onChange={setConsent} />
          <Choice label={t('tracking.allForms')} checked={forms} onChange={setForms} />
          <div className={css.code}>{secret ? <Copyable text={code} /> : code}</div>
          {secret ? (
            <p className="caption">{t('tracking.copyNow')}</p>
          ) : (
            <div>
              <Button loading={make.isPending} onClick={() => make.mutate(t('tracking.siteKey'))}>
                {t('tracking.makeKey')}
              </Button>
            </div>
          )}
          {make.problem && (
            <p role="alert" className={css.problem}>
              {make.problem}
            </p>
          )}
          <Live />
        </div>
      </Section>
      <Keys />
    </>
  )
}

function Choice(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className={css.choice}>
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  )
}

/** Whether visits arrive: it changes by itself when the first one does. */
function Live() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: visits } = useQuery(visitsTodayOptions)
  if (visits === undefined) return null
  return (
    <p className={css.live} role="status">
      {visits > 0
        ? t('tracking.seen', { count: visits, shown: format.number(visits) })
        : t('tracking.seenNone')}
    </p>
  )
}

interface SiteKey {
  id: string
  name: string
  created_at: string
}

function Keys() {
  const { t } = useTranslation()
  const moment = useMoment()
  const query = useQuery({
    ...siteKeysOptions,
    select: ({ items }) => ({ items: (items ?? []).filter((key) => key.scope === 'collect') }),
  })
  const columns: Column<SiteKey>[] = [
    { id: 'name', header: t('keep.name'), cell: (key) => key.name },
    { id: 'id', header: t('tracking.keyId'), cell: (key) => <Copyable text={key.id} /> },
    { id: 'made', header: t('keep.created'), numeric: true, cell: (key) => moment(key.created_at) },
    { id: 'do', header: t('keep.actions'), cell: (key) => <EndKey id={key.id} /> },
  ]
  return (
    <Part
      id="site-keys"
      title={t('tracking.keys')}
      text={t('tracking.keysText')}
      none={t('tracking.keysNone')}
      query={query}
      columns={columns}
      rowKey={(key) => key.id}
    />
  )
}

function EndKey({ id }: { id: string }) {
  const { t } = useTranslation()
  const end = useSave(removeSiteKey, t('tracking.keyEnded'))
  return <Tool label={t('tracking.endKey')} of={id} pending={end.isPending} onClick={() => end.mutate(id)} />
}
