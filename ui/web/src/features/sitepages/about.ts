import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { SitePages } from '@/api/sitePages'
import type { About } from '@/components/CallOut'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'

export const ABOUT = [
  'visits',
  'lead',
  'lead_credit',
  'visit_to_lead',
  'sale',
  'sale_credit',
  'revenue',
  'revenue_per_visit',
] as const
export type AboutId = (typeof ABOUT)[number]

/** What a column tells, why it matters, and an example with the numbers of this report. */
export function useColumnAbout(report: SitePages): (id: AboutId) => About {
  const { t } = useTranslation()
  const format = useFormat()
  const money = useMoney(report.currency)
  return useCallback(
    (id: AboutId) => {
      const f = report.totals
      const values = {
        visits: format.number(f.visits),
        leads: format.number(f.before_lead.people),
        customers: format.number(f.before_lead.customers),
        buyers: format.number(f.before_sale.people),
        sales: format.number(f.before_sale.credit),
        revenue: money(f.revenue),
        toLead: f.visit_to_lead === null ? '–' : format.rate(f.visit_to_lead),
        perVisit: f.revenue_per_visit === null ? '–' : money(f.revenue_per_visit),
      }
      return {
        tells: t(`sitePages.about.${id}.tells`),
        matters: t(`sitePages.about.${id}.matters`),
        example: t(`sitePages.about.${id}.example`, values),
      }
    },
    [t, format, money, report],
  )
}
