import { expect, it } from 'vitest'
import { stuckRows } from './model'

it('says how many times the usual time a journey has waited', () => {
  const raw = {
    contact_id: 'ct_1',
    contact_name: '',
    external_id: 'crm-7',
    n: 2,
    entered_at: '2026-09-01T08:00:29.000Z',
    stage: 'Hot lead',
    since: '2026-09-02T08:00:29.000Z',
    waiting_seconds: 500,
    usual_p90_seconds: 200,
  }
  const [row] = stuckRows([raw])
  expect(row).toMatchObject({ id: 'ct_1:2', name: 'crm-7', times: 2.5 })
  // A stage that is usually left at once has no multiple of that.
  expect(stuckRows([{ ...raw, usual_p90_seconds: 0 }])[0]?.times).toBe(1)
})
