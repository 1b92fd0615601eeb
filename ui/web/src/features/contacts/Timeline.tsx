import { useQuery } from '@tanstack/react-query'
import { Trans, useTranslation } from 'react-i18next'
import { timelineOptions } from '@/api/contacts'
import type { TimelineItem } from '@/api/types'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import css from './Contact.module.css'
import { useFieldText } from './useFieldText'

const ACTORS = ['user', 'api', 'workflow', 'form', 'import', 'bulk'] as const

/** Every touch, change and event of a contact. */
export function Timeline({ id, zone }: { id: string; zone: string }) {
  const { t } = useTranslation()
  const query = useQuery(timelineOptions(id))
  const items = query.data?.items ?? []
  return (
    <Section id="timeline" title={t('timeline.title')} text={t('timeline.zone', { zone })}>
      {query.isPending && <Skeleton height={240} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && items.length === 0 && <p className="muted">{t('timeline.none')}</p>}
      <ol className={css.list}>
        {items.map((item) => (
          <li key={`${item.seq}:${item.kind}`}>
            <Item item={item} zone={zone} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Item({ item, zone }: { item: TimelineItem; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <span>
        <What item={item} />
        {item.recorded === false && <span className="muted"> · {t('timeline.notCounted')}</span>}
      </span>
      {item.note && <span className="muted">“{item.note}”</span>}
      <span className="caption">
        {format.moment(item.at, zone)}
        <By item={item} />
      </span>
    </>
  )
}

function What({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const fieldText = useFieldText()
  const components = { b: <b /> }
  const from = item.from?.name
  const to = item.to?.name
  switch (item.kind) {
    case 'created':
      return t('timeline.created')
    case 'edited':
      return t('timeline.edited', { fields: (item.fields ?? []).map(fieldText).join(', ') })
    case 'merge':
      return t('timeline.merged', { id: item.contact })
    case 'withdrawal':
      return t('timeline.withdrawn')
    case 'erasure':
      return t('timeline.erasure', { to: to ?? t('contacts.no.stage') })
    case 'change':
      if (from && to) return <Trans i18nKey="timeline.moved" values={{ from, to }} components={components} />
      if (to) return <Trans i18nKey="timeline.placed" values={{ to }} components={components} />
      return <Trans i18nKey="timeline.cleared" values={{ from }} components={components} />
    case 'touch':
      return <Touched touch={item.touch} />
  }
}

const TOUCHES = ['visit', 'ad', 'call', 'chat', 'form'] as const

/** What a touch was, and where it came from. */
function Touched({ touch }: { touch: TimelineItem['touch'] }) {
  const { t } = useTranslation()
  const kind = TOUCHES.find((one) => one === touch?.kind) ?? 'visit'
  const { source, sub_source, campaign, ad, landing_page } = touch?.source ?? {}
  const from = [source, sub_source, campaign, ad, landing_page].filter(Boolean).join(' · ')
  return (
    <>
      {t(`timeline.touch.${kind}`)}
      {from && <span className="muted"> · {from}</span>}
    </>
  )
}

function By({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const kind = ACTORS.find((one) => one === item.actor?.kind)
  const who = item.actor?.name || (kind ? t(`actor.${kind}`) : item.actor?.kind)
  return who ? ` · ${t('timeline.by', { who })}` : null
}
