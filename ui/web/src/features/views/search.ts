import * as z from 'zod/mini'
import type { ContactQuery, ContactSort } from '@/api/contacts'
import type { SavedView } from '@/api/types'

/** Which contacts a page shows, held in its address: a view, and what differs from it. Pure. */

export const SORTS = [
  'created_at',
  '-created_at',
  'name',
  'stage_since',
  '-stage_since',
  'days_in_stage',
  '-days_in_stage',
] as const satisfies readonly ContactSort[]

const text = z.catch(z.optional(z.string()), undefined)

export const contactSearch = z.object({
  q: text,
  view: text,
  /** An empty filter means everybody, whatever the view says. */
  filter: text,
  sort: z.catch(z.optional(z.enum(SORTS)), undefined),
})
export type ContactSearch = z.infer<typeof contactSearch>

export const DEFAULT_COLUMNS = ['name', 'stage', 'email', 'owner', 'source.source', 'created_at']
export const DEFAULT_SORT: ContactSort = '-created_at'

/** What is asked in the end: the view's own, unless the address says otherwise. */
export interface Asked {
  filter: string
  sort: ContactSort
  q: string
}

function isSort(text: string | undefined): text is ContactSort {
  return SORTS.some((sort) => sort === text)
}

export function asked(search: ContactSearch, view: SavedView | undefined): Asked {
  const filter = search.filter ?? view?.filter ?? ''
  const wanted = search.sort ?? view?.sort
  const sort = isSort(wanted) ? wanted : DEFAULT_SORT
  return { filter, sort, q: search.q ?? '' }
}

/** Contacts of a filter cannot come by name. */
export function contactQuery({ filter, sort, q }: Asked): ContactQuery {
  const possible = filter !== '' && sort === 'name' ? DEFAULT_SORT : sort
  return { q: q || undefined, filter: filter || undefined, sort: possible }
}

/** The address differs from the view that it names. */
export function differs(
  search: ContactSearch,
  view: SavedView | undefined,
  columns: string[] | null,
): boolean {
  if (!view) return Boolean(search.filter)
  const filter = search.filter !== undefined && search.filter !== view.filter
  const sort = search.sort !== undefined && search.sort !== view.sort
  return filter || sort || (columns !== null && columns.join() !== view.columns.join())
}

/** A filter that names a saved list, by the list's id. */
export function listOf(filter: string): string | undefined {
  return filter.startsWith('list:') ? filter.slice('list:'.length) : undefined
}

/** The next order when a column's head is pressed. */
export function nextSort(sort: ContactSort, column: SortableColumn): ContactSort {
  const [up, down] = SORTABLE[column]
  if (column === 'name') return 'name'
  return sort === down ? up : down
}

export const SORTABLE = {
  name: ['name', 'name'],
  created_at: ['created_at', '-created_at'],
  stage_since: ['stage_since', '-stage_since'],
  days_in_stage: ['days_in_stage', '-days_in_stage'],
} as const satisfies Record<string, readonly [ContactSort, ContactSort]>
export type SortableColumn = keyof typeof SORTABLE

export function sortable(column: string): column is SortableColumn {
  return column in SORTABLE
}

export function sortedAs(sort: ContactSort, column: string): 'ascending' | 'descending' | undefined {
  if (sort === column) return 'ascending'
  return sort === `-${column}` ? 'descending' : undefined
}

/** One column moved by one place. */
export function shifted(columns: string[], column: string, by: -1 | 1): string[] {
  const from = columns.indexOf(column)
  const to = from + by
  if (from < 0 || to < 0 || to >= columns.length) return columns
  const out = columns.filter((one) => one !== column)
  out.splice(to, 0, column)
  return out
}
