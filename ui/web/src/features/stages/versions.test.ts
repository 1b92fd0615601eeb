import { expect, it } from 'vitest'
import type { StageWords } from './versions'
import { changes, conflicts, differing, mergedWords } from './versions'

const base: StageWords = { name: 'Hot lead', description: '', emoji: '🔥', role: '', kind: 'progress' }
const mine = { ...base, name: 'Warm lead', description: 'Has a need.' }
const theirs = { ...base, emoji: '☀️', description: 'Answered a call.' }

it('sends only what was changed', () => {
  expect(changes(base, mine)).toEqual({ name: 'Warm lead', description: 'Has a need.' })
  expect(changes(base, base)).toEqual({})
})

it('keeps what each changed and asks about what both did', () => {
  expect(differing(mine, theirs)).toEqual(['name', 'emoji', 'description'])
  expect(conflicts(base, mine, theirs)).toEqual(['description'])
  expect(mergedWords(base, mine, theirs)).toEqual({
    ...base,
    name: 'Warm lead',
    emoji: '☀️',
    description: 'Has a need.',
  })
})

it('has nothing to ask when both made the same change', () => {
  expect(conflicts(base, mine, mine)).toEqual([])
})
