import { expect, it } from 'vitest'
import { safeNext } from './model'

it.each([
  [undefined, '/'],
  ['/contacts?q=a', '/contacts?q=a'],
  ['https://elsewhere.example/', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
])('after the sign-in, %s leads to %s', (next, to) => {
  expect(safeNext(next)).toBe(to)
})
