import { describe, expect, it } from 'vitest'
import { report, stages, summary } from '@/test/report'
import { reallyDiffers } from './chance'
import { guidance } from './guidance'

const kinds = (over: Parameters<typeof report>[0]) => guidance(report(over)).map((hint) => hint.kind)

/** Stages of which nothing is to be said. */
function calm() {
  return stages().map((row) => ({
    ...row,
    stuck: row.stage.kind === 'progress' ? false : null,
    conversion_rate: row.conversion_rate === null ? null : 0.8,
    waiting_seconds_mean: row.stage.kind === 'progress' ? 3_600 : null,
    lost_here: row.stage.kind === 'progress' ? 20 : null,
  }))
}

describe('guidance', () => {
  it('says nothing but that there is too little to say', () => {
    expect(kinds({ summary: summary({ entered: 29 }) })).toEqual(['few'])
  })
  it('is content where nothing stands out', () => {
    expect(kinds({ stages: calm() })).toEqual(['fine'])
  })
  it('names a stuck stage, a weak step and early losses', () => {
    const [first, second, ...rest] = calm()
    if (!first || !second) throw new Error('the sample has stages')
    const rows = [{ ...first, lost_here: 55 }, { ...second, conversion_rate: 0.2 }, ...rest]
    expect(kinds({ stages: rows })).toEqual(['weak', 'early'])
    expect(kinds({ stages: [first, { ...second, stuck: true }, ...rest] })).toEqual(['stuck'])
  })
  it('says where work waits for longer than usual', () => {
    const [first, ...rest] = calm()
    if (!first) throw new Error('the sample has stages')
    const usual = first.time_in_stage_seconds?.mean ?? 0
    const rows = [{ ...first, in_stage_now: 40, waiting_seconds_mean: usual * 3 }, ...rest]
    expect(guidance(report({ stages: rows }))).toMatchObject([{ kind: 'waiting', now: 40, usual }])
  })
})

describe('whether two rates really differ', () => {
  // Newcombe 1998, table II, example (a): 56/70 and 48/80 differ by 0.2, from 0.0524 to 0.3339 by method 10.
  const a = { rate: 56 / 70, of: 70, interval: [0.692, 0.8774] as [number, number] }
  const b = { rate: 48 / 80, of: 80, interval: [0.4904, 0.7003] as [number, number] }
  it('follows a published example', () => {
    expect(reallyDiffers(a, b)).toBe(true)
    expect(reallyDiffers(b, a)).toBe(true)
    expect(reallyDiffers(b, { ...b, rate: 0.62, interval: [0.51, 0.72] })).toBe(false)
  })
  it('claims nothing under 30', () => {
    expect(reallyDiffers({ ...a, of: 29 }, b)).toBeNull()
  })
})
