import { describe, expect, it } from 'vitest'
import type { ReportGroup } from '@/api/types'
import { groups, report, spread, stages, summary } from '@/test/report'
import { groupFunnel } from './groupFunnel'
import { flowRows, funnelRows, groupRows, largestDrop, stageRows } from './stageModel'

describe('stage rows', () => {
  it('grow darker towards Won', () => {
    const rows = stageRows(stages())
    expect(rows.map((row) => row.depth)).toEqual([0, 1 / 3, 2 / 3, 1])
  })
  it('leave what only progress stages have absent for the others', () => {
    expect(stageRows(stages()).at(-1)).toMatchObject({ progress: false, lost: null, time: null, reasons: [] })
  })
  it('mark one weakest step, and none on few journeys', () => {
    const weakest = stageRows(stages()).filter((row) => row.weakest)
    expect(weakest.map((row) => row.name)).toEqual(['Hot lead'])
    const few = stages().map((row) => ({ ...row, reached: 12 }))
    expect(stageRows(few).some((row) => row.weakest)).toBe(false)
  })
})

describe('funnel', () => {
  it('measures bars by the widest and drops by the bar they leave', () => {
    const rows = funnelRows(stages())
    expect(rows[0]?.width).toBe(1)
    expect(rows[1]?.drop).toMatchObject({ count: 62, next: 'Payment' })
    expect(rows.at(-1)?.drop).toBeNull()
    expect(largestDrop(rows)?.name).toBe('Hot lead')
  })
  it('never shows more visited than reached', () => {
    for (const row of funnelRows(stages())) expect(row.visitedWidth).toBeLessThanOrEqual(row.width)
  })
  it('shows no drop from Won on', () => {
    const [last] = stages().slice(-1)
    const beyond = last
      ? [{ ...last, stage: { ...last.stage, id: 'fan', kind: 'beyond' as const }, reached: 3 }]
      : []
    const rows = funnelRows([...stages(), ...beyond])
    expect(rows.slice(-2).map((row) => row.drop)).toEqual([null, null])
    expect(largestDrop(rows)?.name).toBe('Hot lead')
  })
  it('works with nothing', () => {
    expect(funnelRows([])).toEqual([])
    expect(largestDrop([])).toBeUndefined()
  })
})

describe('flow', () => {
  it('adds up to the entries', () => {
    for (const { flow } of flowRows(stages())) {
      expect(flow.forward + flow.back + flow.lost + flow.left + flow.still_there).toBe(flow.entries)
    }
  })
})

describe('groups', () => {
  it('claim only what the test allows', () => {
    const rows = groupRows(groups(), 212, 66 / 212)
    expect(rows.map((row) => row.claim)).toEqual([
      'higher',
      'no_claim',
      'lower',
      'too_few',
      'too_few',
      'too_few',
    ])
  })
  it('claim nothing where the others are too few', () => {
    expect(groupRows(groups(), 100, 0.3)[0]?.claim).toBe('too_few')
  })
})

describe('groups beside the range before', () => {
  const [group] = groups()
  if (!group?.summary) throw new Error('there is no group to compare')
  const { compare } = report()
  if (!compare) throw new Error('the report is not compared')
  const compared = { ...group, compare: { summary: group.summary, difference: compare.difference } }

  it('say better by what the figure means', () => {
    const [row] = groupRows([compared], 212, 0.31)
    expect(row?.changes.conversion).toMatchObject({ verdict: 'better', points: 0.0376 })
    expect(row?.changes.dropOff?.verdict).toBe('worse')
  })
  it('say nothing of too few', () => {
    const few = { ...compared, compare: { ...compared.compare, summary: summary({ entered: 29 }) } }
    expect(groupRows([few], 212, 0.31)[0]?.changes.conversion).toBeNull()
    const times = summary({ time_to_conversion_seconds: spread(300_000, 29) })
    const slow = { ...compared, compare: { ...compared.compare, summary: times } }
    expect(groupRows([slow], 212, 0.31)[0]?.changes.time).toBeNull()
  })
  it('say nothing without a comparison', () => {
    expect(groupRows([group], 212, 0.31)[0]?.changes).toEqual({ conversion: null, dropOff: null, time: null })
  })
})

it('draws groups as shares of their own journeys, in the order of their colours', () => {
  const small = { ...groups()[3], stages: stages().map((one) => ({ ...one, reached: 9, visited: 4 })) }
  const rest = { ...groups()[5], stages: stages() }
  const [first] = groupFunnel(stages(), [small as ReportGroup, rest as ReportGroup], summary())
  expect(first?.bars.map(({ colour }) => colour)).toEqual([null, 0, null])
  expect(first?.bars[1]).toMatchObject({ reached: 9, share: 1, visitedShare: 4 / 9 })
})
