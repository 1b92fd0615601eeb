import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SitePageFigures, SitePages } from '@/api/sitePages'
import { ComparedWith } from '@/features/lifecycle/ComparedWith'
import css from '@/features/lifecycle/FigureCards.module.css'
import { FigureCard } from '@/features/sources/FigureCard'
import { difference } from '@/features/sources/model'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import { useColumnAbout } from './about'

const CARDS = ['visits', 'lead', 'sale', 'revenue'] as const
type CardId = (typeof CARDS)[number]

const OF: Record<CardId, (f: SitePageFigures) => number> = {
  visits: (f) => f.visits,
  lead: (f) => f.before_lead.people,
  sale: (f) => f.before_sale.people,
  revenue: (f) => f.revenue,
}

/** Visits, who became a lead, who bought, and what that brought. */
export function Cards({ report }: { report: SitePages }) {
  const { t } = useTranslation()
  const format = useFormat()
  const money = useMoney(report.currency)
  const about = useColumnAbout(report)
  const { totals, compare } = report
  const apart = (of: SitePageFigures['before_lead']) =>
    t('sitePages.apart', { contacts: format.number(of.contacts), customers: format.number(of.customers) })
  const foot: Record<CardId, ReactNode[]> = {
    visits: [
      t('sources.foot.visitToLead', {
        rate: totals.visit_to_lead === null ? '–' : format.rate(totals.visit_to_lead),
      }),
    ],
    lead: [apart(totals.before_lead)],
    sale: [apart(totals.before_sale)],
    revenue: [
      t('sitePages.perVisit', {
        value: totals.revenue_per_visit === null ? '–' : money(totals.revenue_per_visit),
      }),
    ],
  }
  return (
    <section aria-label={t('sources.figures')} style={{ padding: 0, border: 0 }}>
      <ul className={css.cards}>
        {CARDS.map((id) => (
          <FigureCard
            key={id}
            id={id}
            title={t(`sitePages.card.${id}`)}
            about={about(id)}
            value={id === 'revenue' ? money(OF[id](totals)) : format.number(OF[id](totals))}
            change={difference(OF[id](totals), compare ? OF[id](compare.totals) : undefined)}
            compared={compare !== null}
            foot={foot[id]}
          />
        ))}
      </ul>
      {compare && (
        <p className="caption" style={{ paddingTop: 8 }}>
          <ComparedWith report={report} />
        </p>
      )}
    </section>
  )
}
