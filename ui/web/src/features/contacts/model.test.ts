import { describe, expect, it } from 'vitest'
import { contact, journeys, stageList } from '@/test/rest'
import { journeyRows, propertyFacts, sourceText } from './model'

describe('contacts', () => {
  it('spell the source from wide to narrow', () => {
    expect(sourceText(contact())).toBe('Paid ads › Meta › Spring sale')
  })
  it('show properties of every type', () => {
    expect(propertyFacts(contact({ properties: { b: 2, a: 'x' } }))).toEqual([
      { name: 'a', value: 'x' },
      { name: 'b', value: '2' },
    ])
  })
})

describe('journeys', () => {
  const rows = journeyRows(journeys(), stageList())
  it('come newest first with names instead of keys', () => {
    expect(rows.map((row) => row.n)).toEqual([2, 1])
    expect(rows[1]).toMatchObject({ lostStage: 'No budget', origin: 'Hot lead', furthest: 'Hot lead' })
  })
  it('mark where an open journey is now', () => {
    expect(rows[0]?.visits.map((visit) => visit.open)).toEqual([false, true])
  })
})
