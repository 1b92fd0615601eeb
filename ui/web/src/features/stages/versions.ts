import type { Stage, StageKind } from '@/api/types'

/** Two people edit one stage: what each of them changed, and what both did. Pure. */

export interface StageWords {
  name: string
  description: string
  emoji: string
  role: string
  kind: StageKind
}

export const WORDS = ['name', 'emoji', 'description', 'role', 'kind'] as const
export type Word = (typeof WORDS)[number]

export function wordsOf(stage: Stage): StageWords {
  const { name, description, emoji, role, kind } = stage
  return { name, description, emoji: emoji ?? '', role: role ?? '', kind }
}

/** The fields in which two versions differ. */
export function differing(a: StageWords, b: StageWords): Word[] {
  return WORDS.filter((word) => a[word] !== b[word])
}

/** Only what was changed is sent, so that nothing of somebody else is overwritten by the way. */
export function changes(before: StageWords, after: StageWords): Partial<StageWords> {
  return Object.fromEntries(differing(before, after).map((word) => [word, after[word]]))
}

/** My words where I changed them, theirs everywhere else. */
export function mergedWords(base: StageWords, mine: StageWords, theirs: StageWords): StageWords {
  return { ...theirs, ...changes(base, mine) }
}

/** What both changed, and differently: somebody has to choose. */
export function conflicts(base: StageWords, mine: StageWords, theirs: StageWords): Word[] {
  return WORDS.filter(
    (word) => mine[word] !== base[word] && theirs[word] !== base[word] && mine[word] !== theirs[word],
  )
}
