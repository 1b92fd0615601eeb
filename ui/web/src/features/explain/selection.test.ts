import { describe, expect, it } from 'vitest'
import { fileHref } from '@/api/query'
import { parseSearch, stringifySearch } from '@/routes/query-string'
import { behindRows, clauses, groupOf, readSelection, writeSelection } from './selection'

describe('a selection in the address', () => {
  it.each([
    {},
    { outcome: 'lost', origin: 'hot_lead', lost_stage: 'no_budget' },
    { group: 'value:Müller & Söhne=1, "x"\n', outcome: 'won' },
    { flow: 'payment:still_there' },
  ])('reads back what it wrote: %j', (selection) => {
    const search = parseSearch(stringifySearch({ preset: 'today', explain: writeSelection(selection) }))
    expect(readSelection(String(search.explain))).toEqual(selection)
  })
  it('leaves out what it does not know', () => {
    expect(readSelection('outcome=won&shoe=1&reached=')).toEqual({ outcome: 'won' })
  })
  it('is no part of the report or its files', () => {
    expect(fileHref('lost', { preset: 'today', explain: 'all' })).not.toContain('explain')
  })
})

describe('a selection in clauses', () => {
  it('says everything, in a fixed order', () => {
    expect(clauses({ lost_stage: 'cold', outcome: 'lost', origin: 'hot' })).toEqual([
      { kind: 'outcome', outcome: 'lost' },
      { kind: 'origin', stage: 'hot' },
      { kind: 'lost_stage', stage: 'cold' },
    ])
  })
  it('says that nothing is chosen', () => {
    expect(clauses({})).toEqual([{ kind: 'all' }])
    expect(clauses({ outcome: 'maybe', flow: 'hot:sideways' })).toEqual([{ kind: 'all' }])
  })
  it('splits the stage of a flow from its way', () => {
    expect(clauses({ flow: 'hot:back' })).toEqual([{ kind: 'flow', stage: 'hot', way: 'back' }])
  })
  it('names groups as the interface does', () => {
    expect(groupOf({ kind: 'none', value: null })).toBe('none')
    expect(clauses({ group: groupOf({ kind: 'value', value: 'other' }) })).toEqual([
      { kind: 'group', group: 'value', value: 'other' },
    ])
  })
})

it('rows have names instead of keys, and keep a key that is gone', () => {
  const names = new Map([['hot', 'Hot lead']])
  const [row] = behindRows(
    [
      {
        contact_id: 'ct_1',
        contact_name: null,
        external_id: 'crm-1',
        n: 2,
        entered_at: '2026-11-20T13:33:11.000Z',
        ended_at: null,
        outcome: 'open',
        furthest_stage: 'gone',
        origin: null,
        lost_stage: null,
        in_stage: 'hot',
        duration_seconds: null,
      },
    ],
    names,
  )
  expect(row).toMatchObject({ name: 'crm-1', now: 'Hot lead', furthest: 'gone', seconds: null, n: 2 })
})
