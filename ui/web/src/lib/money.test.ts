import { expect, it } from 'vitest'
import { money, toMajor, toMinor } from './money'

it.each([
  ['10.50', 'EUR', 1050],
  ['10,5', 'EUR', 1050],
  ['1 200', 'EUR', 120_000],
  ['-3', 'EUR', -300],
  ['500', 'JPY', 500],
  ['1.001', 'KWD', 1001],
])('%s %s is %d minor units', (text, currency, amount) => {
  expect(toMinor(text, currency)).toBe(amount)
})
it.each(['', 'much', '1.2.3', '1,2,3', '9'.repeat(20)])('%j is no amount', (text) => {
  expect(toMinor(text, 'EUR')).toBeUndefined()
})
it('reads back what it wrote', () => {
  for (const currency of ['EUR', 'JPY', 'KWD'])
    expect(toMinor(toMajor({ amount: 12_345, currency }), currency)).toBe(12_345)
})
it('is shown in the reader’s way', () => {
  expect(money({ amount: 1050, currency: 'EUR' }, 'en')).toBe('€10.50')
  expect(money({ amount: 1050, currency: 'XX' }, 'en')).toBe('10.5 XX')
})
