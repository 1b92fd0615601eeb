import { describe, expect, it } from 'vitest'
import type { Board } from '@/api/types'
import { STAGES } from '@/test/report'
import { contacts } from '@/test/rest'
import { asks, beside, columnFilter, columnId, direction, findCard, NO_STAGE, withMove } from './model'

const [a, b] = contacts()
if (!a || !b) throw new Error('two contacts are needed')
const board: Board = {
  total: 3,
  columns: [
    { stage: STAGES.new, count: 2, next: null, items: [{ ...a, stage: STAGES.new }] },
    { stage: STAGES.hot, count: 1, next: null, items: [{ ...b, stage: STAGES.hot }] },
    { stage: null, count: 0, next: null, items: [] },
  ],
}
const at = '2026-11-22T10:00:00.000Z'

describe('a move on the board', () => {
  it('puts the card on top of its new column and counts both', () => {
    const next = withMove(board, a.id, STAGES.hot.id, at)
    expect(next.columns.map((column) => column.count)).toEqual([1, 2, 0])
    expect(next.columns[1]?.items.map((card) => card.id)).toEqual([a.id, b.id])
    expect(findCard(next, a.id)?.card).toMatchObject({ stage: STAGES.hot, stage_since: at })
  })
  it('out of all stages goes into the last column', () => {
    const next = withMove(board, b.id, NO_STAGE, at)
    expect(next.columns[2]?.items[0]).toMatchObject({ id: b.id, stage: null })
  })
  it('to where it is, or of a card that is gone, changes nothing', () => {
    expect(withMove(board, a.id, STAGES.new.id, at)).toBe(board)
    expect(withMove(board, 'gone', STAGES.hot.id, at)).toBe(board)
  })
  it('by key stops at the edges', () => {
    expect(beside(board, STAGES.new.id, -1)).toBeUndefined()
    expect(columnId(beside(board, STAGES.hot.id, 1) ?? { stage: STAGES.customer })).toBe(NO_STAGE)
  })
})

it('says what a move means', () => {
  expect(direction(STAGES.new, STAGES.hot)).toBe('forward')
  expect(direction(STAGES.customer, STAGES.hot)).toBe('back')
  expect(direction(STAGES.hot, STAGES.budget)).toBe('lost')
  expect(direction(STAGES.budget, STAGES.hot)).toBe('in')
  expect(direction(STAGES.hot, null)).toBe('out')
  expect(asks('lost')).toBe(true)
  expect(asks('back')).toBe(false)
})

it('says who stands in a column, as a filter', () => {
  const [first] = board.columns
  if (!first) throw new Error('no column')
  expect(columnFilter('', first)).toBe(`stage = "${first.stage?.key}"`)
  expect(columnFilter('owner = "Maya"', first)).toBe(`(owner = "Maya") and stage = "${first.stage?.key}"`)
  expect(columnFilter('', { stage: null })).toBe('not stage exists')
})
