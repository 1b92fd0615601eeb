import type { SitePageRow, SitePages } from '@/api/sitePages'
import type { StandsOut } from '@/features/sources/model'
import { outOfProportion } from '@/features/sources/model'

/** The report on pages as display rows. Pure. */

/** Whether there is no visit at all: without them there are no pages. */
export function isEmpty(report: SitePages): boolean {
  return report.totals.visits === 0 && report.rows.every((row) => row.value === null)
}

/** What is worth saying first of the pages; what nobody met is no page. */
export function standsOut(report: SitePages): StandsOut<SitePageRow> {
  const { visits, before_lead, before_sale, revenue } = report.totals
  const shares = report.rows
    .filter((row) => row.value !== null)
    .map((row) => ({
      row,
      count: row.before_lead.credit,
      leads: before_lead.credit > 0 ? row.before_lead.credit / before_lead.credit : 0,
      visits: visits > 0 ? row.visits / visits : null,
      revenue: revenue > 0 ? row.revenue / revenue : null,
    }))
  return outOfProportion(shares, before_lead.people, before_sale.people)
}
