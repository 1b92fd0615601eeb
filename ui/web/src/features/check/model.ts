import type { CheckFinding } from '@/api/types'
import type { Selection } from '@/features/explain/selection'
import type { LogSearch } from '@/features/log/search'
import type { ReportSearch } from '@/features/lifecycle/search'

/** What may explain numbers that look wrong, and where each leads. Pure. */

export type Lead =
  | { to: 'journeys'; selection: Selection }
  | { to: 'filter'; search: Partial<ReportSearch> }
  | { to: 'log'; search: Partial<LogSearch> }
  | { to: 'contacts'; filter: string }
  | { to: 'stages' | 'imports' | 'trend' }

/** Where the things that a finding counts can be seen; null where they are elsewhere by nature. */
export function leadOf(finding: CheckFinding, range: { from: string; to: string }): Lead | null {
  switch (finding.kind) {
    case 'journeys_left':
      return { to: 'journeys', selection: { outcome: 'left' } }
    case 'no_source':
      return { to: 'filter', search: { source: [''] } }
    case 'bulk_not_counted':
    case 'bulk_counted':
      return {
        to: 'log',
        search: {
          from: range.from,
          to: range.to,
          counted: finding.kind === 'bulk_counted' ? undefined : 'no',
        },
      }
    case 'no_stage':
    case 'archived_stage':
      return finding.params?.filter ? { to: 'contacts', filter: finding.params.filter } : null
    case 'stage_edits':
      return { to: 'stages' }
    case 'imports':
      return { to: 'imports' }
    case 'settings_edits':
      return { to: 'trend' }
    case 'outside_filters':
      return null
    default:
      return null
  }
}

/** Whether bulk changes are counted now, as far as the findings say. */
export function bulkCounted(findings: CheckFinding[]): boolean | null {
  if (findings.some((one) => one.kind === 'bulk_counted')) return true
  return findings.some((one) => one.kind === 'bulk_not_counted') ? false : null
}

const ORDER: CheckFinding['kind'][] = [
  'bulk_not_counted',
  'bulk_counted',
  'range_has_today',
  'younger_than_window',
  'too_young',
  'stage_edits',
  'settings_edits',
  'imports',
  'journeys_left',
  'no_source',
  'no_stage',
  'archived_stage',
  'outside_filters',
  'outside_range',
  'time_zone',
]

/** The most telling first; a kind that this page does not know yet comes last. */
export function ordered(findings: CheckFinding[]): CheckFinding[] {
  const place = (one: CheckFinding) => {
    const at = ORDER.indexOf(one.kind)
    return at < 0 ? ORDER.length : at
  }
  return [...findings].sort((a, b) => place(a) - place(b))
}
