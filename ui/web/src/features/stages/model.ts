import type { Stage, StageKind } from '@/api/types'

/** Stages by kind, the moves within one, and who can take the place of whom. Pure. */

export const KINDS: StageKind[] = ['progress', 'won', 'beyond', 'lost', 'aside']
/** Kinds that can be added to; there is exactly one won stage. */
export const ADDABLE = ['progress', 'beyond', 'lost', 'aside'] as const
export type AddableKind = (typeof ADDABLE)[number]
/** What other reports look for. */
export const ROLES = ['lead', 'mql', 'sql', 'opportunity', 'hand_off'] as const

export interface KindGroup {
  kind: StageKind
  stages: Stage[]
}

export type WhyOut = 'archived' | 'erased' | 'merged'

/** Why a stage is out of use; null while it is in use. A merge or an erasure tells more than an archiving. */
export function whyOut({ archived, erased, merged }: Stage): WhyOut | null {
  if (merged) return 'merged'
  if (erased) return 'erased'
  return archived ? 'archived' : null
}

/** The stages in use, by kind. */
export function byKind(stages: Stage[]): KindGroup[] {
  const used = stages.filter((stage) => whyOut(stage) === null)
  return KINDS.map((kind) => ({ kind, stages: used.filter((stage) => stage.kind === kind) }))
}

export function outOfUse(stages: Stage[]): Stage[] {
  return stages.filter((stage) => whyOut(stage) !== null)
}

export function isAddable(kind: StageKind): kind is AddableKind {
  return kind !== 'won'
}

/** The ids with one of them put at a place; null where it is there already or the place is none. */
export function placed(ids: string[], id: string, to: number): string[] | null {
  const at = ids.indexOf(id)
  if (at < 0 || to < 0 || to >= ids.length || at === to) return null
  const out = ids.filter((one) => one !== id)
  out.splice(to, 0, id)
  return out
}

/**
 * The order of all of a kind that a new order of those in use makes: archived ones are not shown with them but
 * keep their positions, so each stays behind the one that it was behind.
 */
export function fullOrder(stages: Stage[], kind: StageKind, used: string[]): string[] {
  const wanted = [...used]
  return stages
    .filter((stage) => stage.kind === kind && !stage.erased && !stage.merged)
    .map((stage) => (stage.archived ? stage.id : (wanted.shift() ?? stage.id)))
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
    const place = stages[slot]
    if (stage && place) out[slot] = { ...stage, position: place.position }
  })
  return out
}

/** Where a dragged row would land: after every other row whose middle is above the pointer. */
export function landing(middles: number[], from: number, pointer: number): number {
  return middles.filter((middle, i) => i !== from && middle < pointer).length
}

/** Stages that a merge or an erasure may lead to. */
export function targets(stages: Stage[], id: string): Stage[] {
  return stages.filter((stage) => stage.id !== id && whyOut(stage) === null)
}
