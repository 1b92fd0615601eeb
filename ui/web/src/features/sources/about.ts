import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sources } from '@/api/sources'
import type { About } from '@/components/CallOut'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import { groupOf } from './model'

export const ABOUT = [
  'visits',
  'leads',
  'new_customers',
  'opportunities',
  'sales',
  'revenue',
  'cost',
  'cost_per_lead',
  'cac',
  'roas',
  'visit_to_lead',
  'lead_to_customer',
] as const
export type AboutId = (typeof ABOUT)[number]

/** What a column tells, why it matters, and an example with the numbers of this report. */
export function useColumnAbout(report: Sources): (id: AboutId) => About {
  const { t } = useTranslation()
  const format = useFormat()
  const money = useMoney(report.currency)
  const nameOf = useGroupName(report.level)
  return useCallback(
    (id: AboutId) => {
      const f = report.totals
      const first = report.rows[0]
      const maybe = (value: number | null, as: (n: number) => string) => (value === null ? '–' : as(value))
      const decimal = (n: number) => format.number(Math.round(n * 10) / 10)
      const values = {
        name: first ? nameOf(groupOf(first)) : '–',
        visits: format.number(f.visits),
        visitors: format.number(f.visitors),
        leads: decimal(f.leads.all),
        customers: decimal(f.new_customers),
        opportunities: decimal(f.opportunities),
        sales: decimal(f.sales),
        revenue: money(f.revenue),
        cost: money(f.cost),
        perLead: maybe(f.cost_per_lead, money),
        cac: maybe(f.cac, money),
        roas: maybe(f.roas, (n) => format.decimal(n, 2)),
        toLead: maybe(f.visit_to_lead, format.rate),
        toCustomer: maybe(f.lead_to_customer, format.rate),
      }
      return {
        tells: t(`sources.about.${id}.tells`),
        matters: t(`sources.about.${id}.matters`),
        example: t(`sources.about.${id}.example`, values),
      }
    },
    [t, format, money, nameOf, report],
  )
}
