import { describe, expect, it } from 'vitest'
import {
  anybody,
  bulkFields,
  everybodyPossible,
  isChosen,
  meant,
  MOST_IDS,
  NOBODY,
  toggled,
  withAll,
} from './bulk'

describe('who is chosen', () => {
  it('one by one', () => {
    const one = toggled(NOBODY, 'a', ['a', 'b'])
    expect([...one.ids]).toEqual(['a'])
    expect(anybody(toggled(one, 'a', ['a', 'b']))).toBe(false)
  })
  it('everybody less one is whoever else is shown', () => {
    const rest = toggled({ ids: new Set(), everybody: true }, 'b', ['a', 'b', 'c'])
    expect([...rest.ids]).toEqual(['a', 'c'])
    expect(rest.everybody).toBe(false)
  })
  it('never more ids than can be sent', () => {
    expect(withAll(Array.from({ length: MOST_IDS + 5 }, (_, i) => String(i))).ids.size).toBe(MOST_IDS)
  })
  it('everybody is meant by the filter', () => {
    const everybody = { ids: new Set<string>(), everybody: true }
    expect(isChosen(everybody, 'whoever')).toBe(true)
    expect(meant(everybody, { filter: 'owner = x' })).toEqual({ filter: 'owner = x' })
    expect(meant(everybody, {})).toEqual({ filter: 'all()' })
    expect(meant(withAll(['a']), { filter: 'owner = x' })).toEqual({ contacts: ['a'] })
    expect(everybodyPossible({ q: 'an' })).toBe(false)
  })
})

describe('what is set', () => {
  it('an owner, or none', () => {
    expect(bulkFields('owner', ' Maya ', '', 'EUR')).toEqual({ owner: 'Maya' })
    expect(bulkFields('owner', '', '', 'EUR')).toEqual({ owner: '' })
  })
  it('a value in minor units', () => {
    expect(bulkFields('value', '12,5', '', 'EUR')).toEqual({ value: { amount: 1250, currency: 'EUR' } })
    expect(bulkFields('value', 'much', '', 'EUR')).toBeUndefined()
  })
  it('a property, or its removal', () => {
    expect(bulkFields('property', 'Pro', ' plan ', 'EUR')).toEqual({ properties: { plan: 'Pro' } })
    expect(bulkFields('property', '', 'plan', 'EUR')).toEqual({ properties: { plan: null } })
    expect(bulkFields('property', 'x', ' ', 'EUR')).toBeUndefined()
  })
})
