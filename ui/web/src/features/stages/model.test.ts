import { expect, it } from 'vitest'
import { stageList } from '@/test/rest'
import type { Stage } from '@/api/types'
import { byKind, fullOrder, landing, outOfUse, placed, reordered, targets, whyOut } from './model'

const list = stageList()
const ids = list.map((stage) => stage.id)
const [a = '', b = '', c = ''] = ids
const as = (id: string, change: Partial<Stage>) =>
  list.map((stage) => (stage.id === id ? { ...stage, ...change } : stage))

it('groups the stages in use by kind and keeps the others apart', () => {
  const some = as(a, { archived: true })
  expect(byKind(some).map((group) => group.stages.length)).toEqual([2, 1, 0, 3, 0])
  expect(outOfUse(some).map((stage) => stage.id)).toEqual([a])
})

it('says why a stage is out of use: what reads it differently before what closes it', () => {
  const [stage] = list
  if (!stage) throw new Error('no stages')
  expect(whyOut(stage)).toBeNull()
  expect(whyOut({ ...stage, archived: true, merged: true })).toBe('merged')
  expect(whyOut({ ...stage, archived: true, erased: true })).toBe('erased')
  expect(whyOut({ ...stage, archived: true })).toBe('archived')
})

it('puts one stage at a place, not past the ends', () => {
  expect(placed([a, b, c], b, 0)).toEqual([b, a, c])
  expect(placed([a, b, c], a, 2)).toEqual([b, c, a])
  expect(placed([a, b, c], a, -1)).toBeNull()
  expect(placed([a, b, c], c, 3)).toBeNull()
  expect(placed([a, b, c], c, 2)).toBeNull()
  expect(placed([a, b, c], 'other', 1)).toBeNull()
})

it('names archived stages in an order, at their positions, and no erased or merged ones', () => {
  expect(fullOrder(as(b, { archived: true }), 'progress', [c, a])).toEqual([c, b, a])
  expect(fullOrder(as(b, { erased: true }), 'progress', [c, a])).toEqual([c, a])
  expect(fullOrder(as(b, { merged: true }), 'progress', [c, a])).toEqual([c, a])
})

it('reorders one kind, positions included, and leaves the others in place', () => {
  const next = reordered(list, [c, b, a])
  expect(next.slice(0, 3).map((stage) => stage.id)).toEqual([c, b, a])
  expect(next.slice(0, 3).map((stage) => stage.position)).toEqual([1, 2, 3])
  expect(next.slice(3)).toEqual(list.slice(3))
})

it('lands a dragged row where the pointer is', () => {
  const middles = [10, 30, 50]
  expect(landing(middles, 0, 5)).toBe(0)
  expect(landing(middles, 0, 31)).toBe(1)
  expect(landing(middles, 0, 99)).toBe(2)
  expect(landing(middles, 2, 12)).toBe(1)
  expect(landing(middles, 2, 50)).toBe(2)
})

it('leads to stages in use only, never to itself', () => {
  const some = as(b, { erased: true })
  expect(targets(some, a).map((stage) => stage.id)).toEqual(ids.filter((id) => id !== a && id !== b))
})
