import type { ReactNode } from 'react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sources } from '@/api/sources'
import { ComparedWith } from '@/features/lifecycle/ComparedWith'
import css from '@/features/lifecycle/FigureCards.module.css'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import { useColumnAbout } from './about'
import { FigureCard } from './FigureCard'
import { difference } from './model'

const CARDS = ['visits', 'leads', 'revenue', 'cost'] as const
type CardId = (typeof CARDS)[number]
const KINDS = ['form', 'call', 'chat', 'other'] as const

/** What a plural is made of. Shared credit makes decimals, for which a language may have a form. */
function useCounted() {
  const format = useFormat()
  return (value: number) => {
    const count = Math.round(value * 10) / 10
    return { count, number: format.number(count) }
  }
}

/** How many leads came by each way. */
export function LeadKinds({ leads }: { leads: Sources['totals']['leads'] }) {
  const { t } = useTranslation()
  const counted = useCounted()
  return KINDS.map((kind, i) => (
    <Fragment key={kind}>
      {i > 0 && ', '}
      <span className="nowrap">{t(`sources.foot.kind.${kind}`, counted(leads[kind]))}</span>
    </Fragment>
  ))
}

/** Visits, leads, revenue and cost, each with what is made of it. */
export function Cards({ report }: { report: Sources }) {
  const { t } = useTranslation()
  const format = useFormat()
  const money = useMoney(report.currency)
  const about = useColumnAbout(report)
  const { totals } = report
  const number = (id: CardId, of: Sources['totals'] | undefined) =>
    id === 'leads' ? of?.leads.all : of?.[id]
  const show = (value: number | null, as: (n: number) => string) => (value === null ? '–' : as(value))
  const counted = useCounted()
  const foot: Record<CardId, ReactNode[]> = {
    visits: [
      t('sources.foot.visitors', { count: totals.visitors, number: format.number(totals.visitors) }),
      t('sources.foot.visitToLead', { rate: show(totals.visit_to_lead, format.rate) }),
    ],
    leads: [
      <LeadKinds leads={totals.leads} />,
      t('sources.foot.leadToCustomer', { rate: show(totals.lead_to_customer, format.rate) }),
    ],
    revenue: [
      t('sources.foot.sales', counted(totals.sales)),
      t('sources.foot.newCustomers', counted(totals.new_customers)),
    ],
    cost:
      totals.cost === 0
        ? [t('sources.foot.noCost')]
        : [
            t('sources.foot.cac', { value: show(totals.cac, money) }),
            t('sources.foot.roas', { value: show(totals.roas, (n) => format.decimal(n, 2)) }),
          ],
  }
  const value: Record<CardId, string> = {
    visits: format.number(totals.visits),
    leads: format.number(totals.leads.all),
    revenue: money(totals.revenue),
    cost: money(totals.cost),
  }
  return (
    <section aria-label={t('sources.figures')} style={{ padding: 0, border: 0 }}>
      <ul className={css.cards}>
        {CARDS.map((id) => (
          <FigureCard
            key={id}
            id={id}
            title={t(`sources.column.${id}`)}
            about={about(id)}
            value={value[id]}
            change={difference(number(id, report.totals), number(id, report.compare?.totals))}
            compared={report.compare !== null}
            // More cost is neither good nor bad by itself.
            neutral={id === 'cost'}
            foot={foot[id]}
          />
        ))}
      </ul>
      {report.compare && (
        <p className="caption" style={{ paddingTop: 8 }}>
          <ComparedWith report={report} />
        </p>
      )}
    </section>
  )
}
