import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Key } from '@/api/access'
import { keysKey, keysOptions, makeKey } from '@/api/access'
import type { Tracking } from '@/api/tracking'
import { leftOutOptions, visitsTodayOptions } from '@/api/tracking'
import { Secret } from '@/components/Secret'
import { Section } from '@/components/states'
import { useChange } from '@/components/useChange'
import { useKeyColumns } from '@/features/access/useKeyColumns'
import { Part } from '@/features/keep/Part'
import { useFormat } from '@/lib/useFormat'
import { leftOutParts, snippet } from './model'
import css from './Tracking.module.css'

/** One line for the pages of the site, with a key of its own, and whether it works. */
export function Site({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  const [consent, setConsent] = useState(tracking.consent === 'required')
  const [forms, setForms] = useState(false)
  const [secret, setSecret] = useState('')
  const make = useChange(makeKey, t('tracking.keyMade'), [keysKey], (key) => setSecret(key.secret))
  const code = snippet(window.location.origin, secret || 'tmk_…', { consent, forms })
  return (
    <>
      <Section id="site" title={t('tracking.site')} text={t('tracking.siteText')}>
        <div className={`stack ${css.wide}`}>
          <Choice label={t('tracking.askConsent')} checked={consent} onChange={setConsent} />
          <Choice label={t('tracking.allForms')} checked={forms} onChange={setForms} />
          {secret ? <Secret text={code} /> : <div className={css.code}>{code}</div>}
          {secret ? (
            <p className="caption">{t('tracking.copyNow')}</p>
          ) : (
            <div>
              <Button
                loading={make.isPending}
                onClick={() => make.mutate({ name: t('tracking.siteKey'), scope: 'collect' })}
              >
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
          <LeftOut />
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

/** What came and is not counted: who wonders about few visits sees whether they were robots. */
function LeftOut() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: counts } = useQuery(leftOutOptions)
  if (!counts) return null
  const parts = leftOutParts(counts).map(({ why, count }) =>
    t(`tracking.leftOutOf.${why}`, { shown: format.number(count) }),
  )
  return (
    <p className="caption">
      {parts.length > 0
        ? t('tracking.leftOut', { parts: new Intl.ListFormat(format.locale).format(parts) })
        : t('tracking.leftOutNone')}
    </p>
  )
}

function Keys() {
  const { t } = useTranslation()
  return (
    <Part
      id="site-keys"
      title={t('tracking.keys')}
      text={t('tracking.keysText')}
      none={t('tracking.keysNone')}
      query={useQuery({ ...keysOptions, select: siteKeys })}
      columns={useKeyColumns().filter((column) => column.id !== 'scope')}
      rowKey={(key) => key.id}
    />
  )
}

const siteKeys = ({ items }: { items: Key[] | null }) => ({
  items: (items ?? []).filter((key) => key.scope === 'collect'),
})
