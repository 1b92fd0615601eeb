import * as z from 'zod/mini'
import { queryString } from '@/api/query'

/** Which journeys are behind a number, as `GET /v1/reports/lifecycle/journeys` takes it. Pure. */

const FIELDS = [
  'outcome',
  'reached',
  'not_reached',
  'visited',
  'flow',
  'origin',
  'lost_stage',
  'in_stage',
  'group',
  'from',
  'to',
] as const
export type SelectionField = (typeof FIELDS)[number]
export type Selection = Partial<Record<SelectionField, string>>

export const WAYS = ['forward', 'back', 'lost', 'left', 'still_there'] as const
export type Way = (typeof WAYS)[number]

const OUTCOMES = ['won', 'lost', 'left', 'open'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** No restriction at all still has to be something in the address. */
const ALL = 'all'

export function writeSelection(selection: Selection): string {
  return queryString(selection) || ALL
}

/** Reads what `writeSelection` wrote; names that it does not know are left out. */
export function readSelection(text: string): Selection {
  const params = new URLSearchParams(text === ALL ? '' : text)
  const out: Selection = {}
  for (const field of FIELDS) {
    const value = params.get(field)
    if (value) out[field] = value
  }
  return out
}

/** One thing a selection says, for the panel's heading. */
export type Clause =
  | { kind: 'outcome'; outcome: Outcome }
  | { kind: 'flow'; stage: string; way: Way }
  | { kind: 'group'; group: 'value' | 'other' | 'none'; value: string }
  | { kind: 'days'; from: string; to: string }
  | { kind: Exclude<SelectionField, 'outcome' | 'flow' | 'group' | 'from' | 'to'>; stage: string }
  | { kind: 'all' }

export function clauses(selection: Selection): Clause[] {
  const out = FIELDS.flatMap((field) => {
    const value = selection[field]
    const clause = value === undefined ? undefined : clauseOf(field, value, selection)
    return clause ? [clause] : []
  })
  return out.length > 0 ? out : [{ kind: 'all' }]
}

function clauseOf(field: SelectionField, value: string, all: Selection): Clause | undefined {
  switch (field) {
    case 'outcome': {
      const outcome = OUTCOMES.find((one) => one === value)
      return outcome && { kind: 'outcome', outcome }
    }
    case 'flow': {
      const at = value.lastIndexOf(':')
      const way = WAYS.find((one) => one === value.slice(at + 1))
      return way && { kind: 'flow', stage: value.slice(0, at), way }
    }
    case 'group': {
      const kind = value === 'other' || value === 'none' ? value : 'value'
      return { kind: 'group', group: kind, value: value.replace(/^value:/, '') }
    }
    case 'from':
      return all.to ? { kind: 'days', from: value, to: all.to } : undefined
    case 'to':
      return undefined
    case 'lost_stage':
      return { kind: 'lost_stage', stage: value }
    case 'origin':
      return { kind: 'origin', stage: value }
    default:
      // Whoever is in a stage now has visited it: said once.
      return field === 'visited' && all.in_stage === value ? undefined : { kind: field, stage: value }
  }
}

/** The group of a report's row, as the journeys' `group` names it. */
export function groupOf(row: { kind: 'value' | 'other' | 'none'; value: string | null }): string {
  return row.kind === 'value' ? `value:${row.value ?? ''}` : row.kind
}

const text = z.catch(z.nullable(z.string()), null)
const number = z.catch(z.nullable(z.number()), null)
const item = z.object({
  contact_id: z.string(),
  contact_name: text,
  external_id: text,
  n: z.number(),
  entered_at: z.string(),
  ended_at: text,
  outcome: z.enum(OUTCOMES),
  furthest_stage: text,
  origin: text,
  lost_stage: text,
  in_stage: text,
  duration_seconds: number,
})

export interface BehindRow {
  key: string
  contact: string
  name: string | null
  n: number
  enteredAt: string
  outcome: Outcome
  seconds: number | null
  furthest: string | null
  origin: string | null
  reason: string | null
  now: string | null
}

/** The rows of the journeys table; stage keys become names, a key no longer known stays as it is. */
export function behindRows(items: unknown[], names: ReadonlyMap<string, string>): BehindRow[] {
  const name = (key: string | null) => (key === null ? null : (names.get(key) ?? key))
  return items.map((raw) => {
    const row = item.parse(raw)
    return {
      key: `${row.contact_id}:${row.n}`,
      contact: row.contact_id,
      name: row.contact_name || row.external_id,
      n: row.n,
      enteredAt: row.entered_at,
      outcome: row.outcome,
      seconds: row.duration_seconds,
      furthest: name(row.furthest_stage),
      origin: name(row.origin),
      reason: name(row.lost_stage),
      now: name(row.in_stage),
    }
  })
}
