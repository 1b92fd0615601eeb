import type { ContactQuery, Meant } from '@/api/contacts'
import type { BulkFields, BulkOutcome } from '@/api/types'
import { toMinor } from '@/lib/money'

/** Who is chosen for a bulk change, and what it sets. Pure. */

export interface Chosen {
  ids: ReadonlySet<string>
  /** Everybody who matches the filter, loaded or not. */
  everybody: boolean
}

export const NOBODY: Chosen = { ids: new Set(), everybody: false }

/** The interface takes so many ids at once. */
export const MOST_IDS = 10_000

export function isChosen(chosen: Chosen, id: string): boolean {
  return chosen.everybody || chosen.ids.has(id)
}

export function withAll(ids: string[]): Chosen {
  return { ids: new Set(ids.slice(0, MOST_IDS)), everybody: false }
}

/** One more or one less; one less of everybody leaves those that are shown. */
export function toggled(chosen: Chosen, id: string, shown: string[]): Chosen {
  const ids = new Set(chosen.everybody ? shown : chosen.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, everybody: false }
}

export function anybody(chosen: Chosen): boolean {
  return chosen.everybody || chosen.ids.size > 0
}

/** A search for a beginning is no filter: who is found by it can only be chosen one by one. */
export function everybodyPossible(query: ContactQuery): boolean {
  return !query.q
}

/** `all()` is the filter that everybody matches. */
export function meant(chosen: Chosen, query: ContactQuery): Meant {
  return chosen.everybody ? { filter: query.filter || 'all()' } : { contacts: [...chosen.ids] }
}

export type BulkField = 'owner' | 'value' | 'property'

/** What one field of a bulk edit sets; undefined while that is not said. */
export function bulkFields(
  field: BulkField,
  text: string,
  property: string,
  currency: string,
): BulkFields | undefined {
  const clean = text.trim()
  if (field === 'owner') return { owner: clean }
  if (field === 'value') {
    const amount = toMinor(clean, currency)
    return amount === undefined ? undefined : { value: { amount, currency } }
  }
  const name = property.trim()
  return name === '' ? undefined : { properties: { [name]: clean === '' ? null : clean } }
}

/** Nothing was refused, or how many and why the first. */
export function refusal(outcome: BulkOutcome): { count: number; why: string } | null {
  if (outcome.refused === 0) return null
  return { count: outcome.refused, why: outcome.rejected[0]?.error ?? '' }
}
