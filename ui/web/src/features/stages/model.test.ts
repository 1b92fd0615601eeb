import { expect, it } from 'vitest'
import { stageList } from '@/test/rest'
import { byKind, moved, reordered } from './model'

it('groups stages by kind, archived ones too: an order names all of a kind', () => {
  const [first, ...rest] = stageList()
  const list = first ? [{ ...first, archived: true }, ...rest] : rest
  expect(byKind(list).map((group) => group.stages.length)).toEqual([3, 1, 0, 3, 0])
})

it('moves one stage, not past the ends', () => {
  const progress = stageList().slice(0, 3)
  const [a = '', b = '', c = ''] = progress.map((stage) => stage.id)
  expect(moved(progress, b, -1)).toEqual([b, a, c])
  expect(moved(progress, b, 1)).toEqual([a, c, b])
  expect(moved(progress, a, -1)).toBeNull()
  expect(moved(progress, c, 1)).toBeNull()
})

it('reorders one kind and leaves the others in place', () => {
  const list = stageList()
  const ids = list.slice(0, 3).map((stage) => stage.id)
  const next = reordered(list, [...ids].reverse())
  expect(next.slice(0, 3).map((stage) => stage.id)).toEqual([...ids].reverse())
  expect(next.slice(3)).toEqual(list.slice(3))
})
