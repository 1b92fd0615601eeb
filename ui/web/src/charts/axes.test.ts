import { number } from 'echarts/core'
import { describe, expect, it } from 'vitest'
import { shareAxis } from './axes'
import type { Palette } from './palette'

const axis = shareAxis({} as Palette, String) as unknown as {
  splitNumber: number
  max: (of: { max: number }) => number
}

describe('the axis of shares', () => {
  it('ends above the highest, at all of them at most', () => {
    expect([0, 0.05, 0.31, 0.79, 1].map((max) => axis.max({ max }))).toEqual([0.05, 0.1, 0.4, 1, 1])
    expect(axis.max({ max: Number.NaN })).toBe(1)
  })
  it('ends at a tick', () => {
    for (let max = 0; max < 1; max += 0.01) {
      const end = axis.max({ max })
      const ticks = end / number.nice(end / axis.splitNumber, true)
      expect(ticks).toBeCloseTo(Math.round(ticks), 9)
    }
  })
})
