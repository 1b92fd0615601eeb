import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { timelineOptions } from '@/api/contacts'
import type { TimelineItem } from '@/api/types'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { money } from '@/lib/money'
import { useFormat } from '@/lib/useFormat'
import css from './Contact.module.css'
import { pageText } from './model'
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
        {items.map((item, i) => (
          // Visits have no number of their own.
          <li key={`${item.seq}:${item.kind}:${i}`}>
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
  const format = useFormat()
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
      return <Touched touch={item.touch}>{t(`timeline.touch.${touchOf(item)}`)}</Touched>
    case 'visit': {
      const [first] = item.pages ?? []
      const count = item.pages?.length ?? 0
      const values = { count, number: format.number(count), page: first && pageText(first.page) }
      return (
        <Touched touch={item.touch} seen={Boolean(first)}>
          {first ? t('timeline.visit', values) : t('timeline.touch.visit')}
        </Touched>
      )
    }
    case 'event':
      return item.event?.name
    case 'identified':
      return t('timeline.identified')
    case 'revenue': {
      if (!item.revenue) return null
      const { amount, refund } = item.revenue
      const values = { amount: money({ ...item.revenue, amount: Math.abs(amount) }, format.locale) }
      return refund ? t('timeline.refund', values) : t('timeline.sale', values)
    }
  }
}

const TOUCHES = ['visit', 'ad', 'call', 'chat', 'form'] as const

function touchOf({ touch }: TimelineItem) {
  return TOUCHES.find((one) => one === touch?.kind) ?? 'visit'
}

interface TouchedProps {
  touch: TimelineItem['touch']
  /** The first page is named already. */
  seen?: boolean
  children: ReactNode
}

/** What a touch was, and where it came from. */
function Touched({ touch, seen, children }: TouchedProps) {
  const { source, sub_source, campaign, ad, landing_page } = touch?.source ?? {}
  const from = [source, sub_source, campaign, ad, seen ? null : landing_page].filter(Boolean).join(' · ')
  return (
    <>
      {children}
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
