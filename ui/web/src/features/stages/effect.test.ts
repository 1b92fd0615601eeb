import { expect, it } from 'vitest'
import type { Headline } from '@/api/types'
import { effectLines } from './effect'

const headline = (over: Partial<Headline>): Headline => ({
  entered: 100,
  won: 40,
  lost: 30,
  left: 5,
  open: 25,
  conversion_rate: 0.4,
  drop_off_rate: 0.3,
  time_to_conversion_seconds: { mean: 86_400, journeys: 40 },
  time_to_drop_off_seconds: { mean: null, journeys: 0 },
  ...over,
})

it('lists every headline number and says which change as they are shown', () => {
  const lines = effectLines({
    before: headline({}),
    after: headline({ won: 39, left: 6, conversion_rate: 0.3904, drop_off_rate: 0.3004 }),
  })
  expect(lines.map((line) => line.id)).toHaveLength(9)
  expect(lines.filter((line) => line.changed).map((line) => line.id)).toEqual([
    'conversion_rate',
    'won',
    'left',
  ])
})

it('tells a number that appears or vanishes', () => {
  const lines = effectLines({
    before: headline({}),
    after: headline({ time_to_drop_off_seconds: { mean: 60, journeys: 1 } }),
  })
  expect(lines.filter((line) => line.changed)).toEqual([
    { id: 'time_to_drop_off', unit: 'seconds', before: null, after: 60, changed: true },
  ])
})
