import type { Contact } from '@/api/types'

/** What stays of two contacts that become one. Pure. */

const OWN = ['name', 'email', 'phone', 'external_id', 'owner', 'value'] as const
export type MergeField = (typeof OWN)[number] | 'stage' | 'source' | 'properties' | 'created_at'

export interface MergedField {
  field: MergeField
  /** Whose it is afterwards; `both` where they are joined, `changes` where it follows from all changes. */
  from: 'keep' | 'drop' | 'both' | 'changes'
}

/** The kept one's own fields win; the source is that of who came first; the stage follows from all changes. */
export function mergedFields(keep: Contact, drop: Contact): MergedField[] {
  const known = OWN.filter((field) => keep[field] || drop[field])
  const own = known.map((field): MergedField => ({ field, from: keep[field] ? 'keep' : 'drop' }))
  const earlier = Date.parse(drop.created_at) < Date.parse(keep.created_at) ? 'drop' : 'keep'
  return [
    ...own,
    { field: 'stage', from: 'changes' },
    { field: 'source', from: earlier },
    { field: 'properties', from: 'both' },
    { field: 'created_at', from: earlier },
  ]
}
