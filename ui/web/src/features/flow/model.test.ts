import { describe, expect, it } from 'vitest'
import { stages } from '@/test/report'
import { place, stream } from './model'

describe('the stream of journeys', () => {
  it('runs out of each stage what ran into it', () => {
    const rows = stream(stages())
    expect(rows).not.toBeNull()
    rows?.forEach((row, i) => {
      const into = row.reached + row.back
      const ended = row.exits.reduce((sum, exit) => sum + exit.count, 0)
      const returned = rows[i - 1]?.back ?? 0
      const out = row.won ? row.reached : row.onward + ended
      expect(into).toBe(out + returned)
    })
  })

  it('counts who is further back than it was', () => {
    const [first, second, ...rest] = stages()
    if (!first || !second) throw new Error('the sample has stages')
    // Three journeys that were in the second stage wait in the first again.
    const moved = [
      { ...first, in_stage_now: (first.in_stage_now ?? 0) + 3 },
      { ...second, in_stage_now: (second.in_stage_now ?? 0) - 3 },
      ...rest,
    ]
    const before = stream(stages())?.[0]?.back ?? Number.NaN
    expect(stream(moved)?.[0]?.back).toBe(before + 3)
  })

  it('is not drawn from numbers that do not add up', () => {
    const [first, second, ...rest] = stages()
    if (!first || !second) throw new Error('the sample has stages')
    expect(stream([first, { ...second, in_stage_now: 100_000 }, ...rest])).toBeNull()
  })

  it('stays on its sheet, with ten stages too', () => {
    const [first] = stages()
    const won = stages().find((row) => row.stage.kind === 'won')
    if (!first || !won) throw new Error('the sample has stages')
    const many = Array.from({ length: 9 }, (_, i) => ({
      ...first,
      stage: { ...first.stage, id: `s${i}` },
      reached: 900 - i * 90,
      lost_here: 60,
      left_here: 10,
      in_stage_now: 20,
    }))
    const rows = stream([...many, { ...won, reached: 90 }])
    const picture = place(rows ?? [], 1200)
    expect(picture.nodes).toHaveLength(10)
    const numbers = picture.ribbons.flatMap((r) => [...r.path.matchAll(/[\d.]+(?=,)/g)].map(Number))
    expect(Math.max(...numbers)).toBeLessThanOrEqual(1200)
  })
})
