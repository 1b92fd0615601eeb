import { describe, expect, it } from 'vitest'
import { addDays, dayCount, dayIn, isDay, typedRange } from './days'

describe('days', () => {
  it('knows the day in a time zone', () => {
    expect(dayIn('Europe/Paris', new Date('2026-11-14T23:30:00Z'))).toBe('2026-11-15')
    expect(dayIn('America/New_York', new Date('2026-11-14T03:00:00Z'))).toBe('2026-11-13')
  })
  it('counts both ends', () => {
    expect(dayCount('2026-11-01', '2026-11-14')).toBe(14)
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })
  it('refuses days that do not exist', () => {
    expect(isDay('2026-02-29')).toBe(false)
    expect(isDay('2028-02-29')).toBe(true)
  })
})

describe('a typed range', () => {
  const today = '2026-11-22'
  it.each([
    ['2026-11-01 - 2026-11-14', '2026-11-01', '2026-11-14'],
    ['3/1 - 3/14', '2026-03-01', '2026-03-14'],
    ['3/1-3/14', '2026-03-01', '2026-03-14'],
    ['12/24', '2025-12-24', '2025-12-24'],
    ['2026-11-03', '2026-11-03', '2026-11-03'],
    ['last 10 days', '2026-11-13', '2026-11-22'],
  ])('%s', (text, from, to) => {
    expect(typedRange(text, today)).toEqual({ from, to })
  })
  it.each(['', 'soon', '3/14 - 3/1', '13/1', 'last 0 days', '1/1 - 2/1 - 3/1'])('refuses %j', (text) => {
    expect(typedRange(text, today)).toBeUndefined()
  })
})
