import { expect, it } from 'vitest'
import { contacts } from '@/test/rest'
import { mergedFields } from './merge'

const [a, b] = contacts()
if (!a || !b) throw new Error('two contacts are needed')

it('the kept one’s fields win, the source is that of who came first', () => {
  const keep = { ...a, name: 'Ada', email: null, owner: null, created_at: '2026-02-01T00:00:00.000Z' }
  const drop = { ...b, name: 'A. Moreau', email: 'ada@example.com', created_at: '2026-01-01T00:00:00.000Z' }
  const from = Object.fromEntries(mergedFields(keep, drop).map((one) => [one.field, one.from]))
  expect(from).toMatchObject({
    name: 'keep',
    email: 'drop',
    source: 'drop',
    created_at: 'drop',
    stage: 'changes',
  })
  expect(mergedFields(drop, keep).find(({ field }) => field === 'source')?.from).toBe('keep')
})

it('leaves out what neither has', () => {
  const bare = { ...a, phone: null, value: null }
  const fields = mergedFields(bare, { ...b, phone: null, value: null }).map(({ field }) => field)
  expect(fields).not.toContain('phone')
  expect(fields).not.toContain('value')
})
