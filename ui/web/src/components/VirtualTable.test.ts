import { describe, expect, it } from 'vitest'
import { drawn } from './VirtualTable'

describe('the drawn rows', () => {
  it('are those in view and a few around, of a million', () => {
    expect(drawn(0, 820, 1_000_000)).toEqual([0, 32])
    expect(drawn(41_000, 820, 1_000_000)).toEqual([988, 1032])
  })
  it('end with the rows there are', () => {
    expect(drawn(0, 820, 5)).toEqual([0, 5])
    expect(drawn(41_000, 820, 5)).toEqual([5, 5])
  })
})
