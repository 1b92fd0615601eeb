import type { Stage, StageKind } from '@/api/types'

/** Stages by kind, and the moves within one. Pure. */

export const KINDS: StageKind[] = ['progress', 'won', 'beyond', 'lost', 'aside']
/** Kinds that can be added to; there is exactly one won stage. */
export const ADDABLE = ['progress', 'beyond', 'lost', 'aside'] as const
export type AddableKind = (typeof ADDABLE)[number]

export interface KindGroup {
  kind: StageKind
  stages: Stage[]
}

export function byKind(stages: Stage[]): KindGroup[] {
  return KINDS.map((kind) => ({
    kind,
    stages: stages.filter((stage) => stage.kind === kind),
  }))
}

export function isAddable(kind: StageKind): kind is AddableKind {
  return kind !== 'won'
}

/** The ids of a kind with one stage moved up (-1) or down (+1); null where it cannot go further. */
export function moved(stages: Stage[], id: string, by: -1 | 1): string[] | null {
  const ids = stages.map((stage) => stage.id)
  const at = ids.indexOf(id)
  const to = at + by
  if (at < 0 || to < 0 || to >= ids.length) return null
  ids.splice(at, 1)
  ids.splice(to, 0, id)
  return ids
}

/** The list as it will be once the server has the new order: shown at once. */
export function reordered(stages: Stage[], ids: string[]): Stage[] {
  const rank = new Map(ids.map((id, i) => [id, i]))
  const slots = stages.flatMap((stage, i) => (rank.has(stage.id) ? [i] : []))
  const sorted = stages
    .filter((stage) => rank.has(stage.id))
    .sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0))
  const out = [...stages]
  slots.forEach((slot, i) => {
    const stage = sorted[i]
    if (stage) out[slot] = stage
  })
  return out
}
