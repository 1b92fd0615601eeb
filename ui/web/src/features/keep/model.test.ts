import { expect, it } from 'vitest'
import { fraction, NEW_RULE, rule, ruleText, target, written } from './model'

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

it('types a kept rule as it was typed, and keeps no actor of a number of the report', () => {
  const text = { ...NEW_RULE, metric: 'changes', actor: 'import', by: '12.5', days: '3' } as const
  const kept = rule(text)
  expect(kept).toEqual({
    metric: 'changes',
    actor: 'import',
    direction: 'falls',
    by: 0.125,
    days: 3,
    window: 14,
  })
  expect(ruleText(kept)).toEqual(text)
  expect(rule({ ...text, metric: 'won' }).actor).toBe('')
  expect(ruleText({ ...kept, actor: null, by: 0 })).toEqual({ ...text, actor: '', by: '' })
})

it('types a kept target as it was typed', () => {
  const typed = { emails: 'a@x.org, b@x.org', webhook: 'https://x.org' }
  expect(written(target(typed))).toEqual(typed)
  expect(written({ emails: null, webhook: '' })).toEqual({ emails: '', webhook: '' })
})
