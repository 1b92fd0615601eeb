import { expect, it } from 'vitest'
import type { CheckFinding } from '@/api/types'
import { bulkCounted, leadOf, ordered } from './model'

const finding = (kind: CheckFinding['kind'], over: Partial<CheckFinding> = {}): CheckFinding => ({
  kind,
  count: 3,
  text: kind,
  path: null,
  params: null,
  ...over,
})
const range = { from: '2026-11-01', to: '2026-11-14' }

it('leads to what a finding counts', () => {
  expect(leadOf(finding('journeys_left'), range)).toEqual({ to: 'journeys', selection: { outcome: 'left' } })
  expect(leadOf(finding('no_source'), range)).toEqual({ to: 'filter', search: { source: [''] } })
  expect(leadOf(finding('bulk_not_counted'), range)).toMatchObject({ search: { ...range, counted: 'no' } })
  expect(leadOf(finding('no_stage', { params: { filter: 'not stage exists' } }), range)).toEqual({
    to: 'contacts',
    filter: 'not stage exists',
  })
  expect(leadOf(finding('time_zone'), range)).toBeNull()
})

it('knows whether bulk changes count, or that there are none', () => {
  expect(bulkCounted([finding('bulk_counted')])).toBe(true)
  expect(bulkCounted([finding('bulk_not_counted')])).toBe(false)
  expect(bulkCounted([finding('imports')])).toBeNull()
})

it('says the most telling first', () => {
  const kinds = ordered([finding('time_zone'), finding('no_source'), finding('bulk_not_counted')])
  expect(kinds.map((one) => one.kind)).toEqual(['bulk_not_counted', 'no_source', 'time_zone'])
})
