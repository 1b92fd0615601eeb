import { describe, expect, it } from 'vitest'
import { change, duration, number, points, rate, whole } from './format'

const units = { d: 'd', h: 'h', min: 'min', s: 's' }
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('rate', () => {
  it('has one decimal and a space before the sign', () => {
    expect(plain(rate(0.312, 'en'))).toBe('31.2 %')
    expect(plain(rate(1, 'en'))).toBe('100.0 %')
    expect(plain(rate(0, 'en'))).toBe('0.0 %')
  })
  it('follows the reader’s language', () => {
    expect(plain(rate(0.312, 'fr'))).toBe('31,2 %')
  })
})

describe('differences', () => {
  it('carry their sign, and none where nothing shows', () => {
    expect(plain(change(-0.2, 'en'))).toBe('−20.0 %')
    expect(points(0.036, 'en')).toBe('+3.6')
    expect(points(0.0001, 'en')).toBe('0.0')
  })
})

describe('marks of time on an axis', () => {
  it.each([
    [0, '0'],
    [43_200, '12 h'],
    [129_600, '1 d 12 h'],
    [604_800, '7 d'],
    [864_000, '10 d'],
    [5_400, '1 h 30 min'],
    [30, '30 s'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(plain(whole(seconds, units))).toBe(text)
  })
})

describe('duration', () => {
  it.each([
    [187_200, '2 d 4 h'],
    [345_600, '4 d 0 h'],
    [64_800, '18 h 0 min'],
    [90, '1 min 30 s'],
    [45, '45 s'],
    [0, '0 s'],
    [-3, '0 s'],
    [86_399, '1 d 0 h'],
    [3_599.6, '1 h 0 min'],
  ])('%d s is %s', (seconds, text) => {
    expect(plain(duration(seconds, units))).toBe(text)
  })
})

describe('number', () => {
  it('groups thousands', () => {
    expect(number(12_345, 'en')).toBe('12,345')
  })
})
