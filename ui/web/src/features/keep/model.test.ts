import { expect, it } from 'vitest'
import { fraction, target } from './model'

it('takes addresses apart however they are written', () => {
  expect(target({ emails: 'a@x.org, b@x.org;c@x.org\n d@x.org ', webhook: ' https://x.org ' })).toEqual({
    emails: ['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org'],
    webhook: 'https://x.org',
  })
  expect(target({ emails: ' ', webhook: '' })).toEqual({ emails: [], webhook: '' })
})

it('reads a percentage with either decimal mark, and nothing as the interval', () => {
  expect(['20', '2,5', '', '-3', 'x'].map(fraction)).toEqual([0.2, 0.025, 0, 0, 0])
})
