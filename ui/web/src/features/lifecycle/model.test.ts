import { describe, expect, it } from 'vitest'
import { report, spread, stages, STAGES, summary } from '@/test/report'
import { lostRows, matrix } from './lossModel'
import { cards, holdsToday, openShares, outcomes, reading } from './model'

describe('cards', () => {
  it('says better or worse by what the figure means, not by its direction', () => {
    const [conversion, toConversion, dropOff, toDropOff] = cards(report())
    expect(conversion?.verdict).toBe('better')
    expect(toConversion?.verdict).toBe('better')
    expect(dropOff?.verdict).toBe('worse')
    expect(toDropOff?.verdict).toBe('same')
  })
  it('says only the direction where too few stand on either side', () => {
    const few = summary({ entered: 29, time_to_conversion_seconds: spread(300_000, 13) })
    const [conversion, toConversion, dropOff] = cards(report({ summary: few }))
    expect(conversion).toMatchObject({ verdict: 'higher', few: true })
    expect(toConversion).toMatchObject({ verdict: 'shorter', few: true })
    expect(dropOff?.verdict).toBe('higher')
    const { compare } = report()
    if (!compare) throw new Error('the report is not compared')
    const before = { ...compare, summary: few }
    expect(cards(report({ compare: before })).map((row) => row.verdict)).toEqual([
      'higher',
      'shorter',
      'higher',
      'same',
    ])
  })
  it('has no verdict without a comparison', () => {
    expect(cards(report({ compare: null })).map((row) => row.verdict)).toEqual([null, null, null, null])
  })
  it('keeps absent values absent', () => {
    const none = { mean: null, median: null, p90: null, journeys: 0 }
    const [rate, time] = cards(
      report({
        summary: summary({
          entered: 0,
          conversion_rate: null,
          conversion_rate_interval: null,
          time_to_conversion_seconds: none,
        }),
      }),
    )
    expect(rate).toMatchObject({ value: null, interval: null, few: true })
    expect(time).toMatchObject({ value: null, count: 0 })
  })
  it('warns of few journeys', () => {
    expect(cards(report({ summary: summary({ entered: 29 }) }))[0]?.few).toBe(true)
    expect(cards(report({ summary: summary({ entered: 30 }) }))[0]?.few).toBe(false)
  })
})

describe('outcomes', () => {
  it('add up to entered', () => {
    const all = summary()
    expect(outcomes(all).reduce((sum, part) => sum + part.count, 0)).toBe(all.entered)
  })
})

describe('less time', () => {
  it('is said where many more are open than before', () => {
    const compare = (open: number) => {
      const { compare } = report()
      return compare ? { ...compare, summary: summary({ open, entered: 200 }) } : null
    }
    expect(openShares(report({ compare: compare(20) }))).toEqual({ now: 77 / 212, before: 0.1 })
    expect(openShares(report({ compare: compare(60) }))).toBeNull()
    expect(openShares(report({ compare: null }))).toBeNull()
  })
})

describe('reading', () => {
  it('names the stage with most losses and its reason', () => {
    expect(reading(report())).toEqual({
      kind: 'losses',
      most: true,
      stage: 'Hot lead',
      count: 41,
      of: 60,
      reason: 'No budget',
      mostly: true,
    })
  })
  it('does not say “most” of less than half', () => {
    expect(reading(report({ summary: summary({ lost: 90 }) }))).toMatchObject({ most: false })
  })
  it('falls back to the weakest step when nothing is lost', () => {
    const rows = stages().map((row) => ({ ...row, lost_here: 0 }))
    expect(reading(report({ stages: rows }))).toMatchObject({
      kind: 'weakest',
      from: 'Hot lead',
      to: 'Payment',
    })
  })
  it('calls no step weak that few took, or that comes after Won', () => {
    const rows = stages().map((row) => ({ ...row, lost_here: 0 }))
    const few = rows.map((row) => ({ ...row, reached: 29 }))
    expect(reading(report({ stages: few }))).toEqual({ kind: 'none' })
    const [last] = rows.slice(-1)
    if (!last) throw new Error('there is no stage')
    const fan = { ...last, stage: { ...last.stage, id: 'fan', kind: 'beyond' as const }, reached: 0 }
    const beyond = [...rows.slice(0, -1), { ...last, conversion_rate: 0 }, fan]
    expect(reading(report({ stages: beyond }))).toMatchObject({ from: 'Hot lead', to: 'Payment' })
  })
  it('says nothing of an empty report', () => {
    expect(reading(report({ stages: [] }))).toEqual({ kind: 'none' })
  })
})

describe('losses', () => {
  const lost = report().lost ?? []
  it('are ordered by count', () => {
    expect(lostRows(lost).map((row) => row.count)).toEqual([35, 15, 10])
  })
  it('make a matrix whose rows and columns add up', () => {
    const grid = matrix(lost)
    expect(grid.total).toBe(60)
    expect(grid.rows.map((row) => row.name)).toEqual(['New lead', 'Hot lead', 'Payment'])
    expect(grid.rows.reduce((sum, row) => sum + row.total, 0)).toBe(60)
    grid.columns.forEach((column, i) => {
      expect(grid.rows.reduce((sum, row) => sum + (row.cells[i] ?? 0), 0)).toBe(column.total)
    })
    expect(grid.peak).toBe(26)
  })
  it('leave out reasons that nobody gave', () => {
    const grid = matrix([
      ...lost,
      {
        stage: { ...STAGES.cold, id: 'unused' },
        count: 0,
        share: 0,
        time_to_drop_off_seconds: { mean: null, median: null, p90: null, journeys: 0 },
        origins: [],
      },
    ])
    expect(grid.columns).toHaveLength(3)
  })
})

describe('today', () => {
  it('is judged in the workspace’s time zone', () => {
    const range = { from: '2026-11-09', to: '2026-11-22', time_zone: 'Europe/Paris' }
    expect(holdsToday(report({ range, as_of: '2026-11-22T22:59:00Z' }))).toBe(true)
    expect(holdsToday(report({ range, as_of: '2026-11-22T23:01:00Z' }))).toBe(false)
  })
})
