import { describe, expect, it } from 'vitest'
import { contact } from '@/test/rest'
import { badValue, changed, meet, propertyNames, toForm, toPatch } from './edit'

const ada = contact({
  owner: 'Maya Olsen',
  value: { amount: 120_050, currency: 'EUR' },
  properties: { plan: 'Pro', seats: 12, trial: true },
})
const form = toForm(ada, 'EUR')

describe('a form', () => {
  it('holds every field as text', () => {
    expect(form).toMatchObject({
      name: 'Ada Moreau',
      value: '1200.50',
      currency: 'EUR',
      'property.seats': '12',
    })
    expect(propertyNames(form)).toEqual(['plan', 'seats', 'trial'])
  })
  it('patches nothing that was not edited', () => {
    expect(toPatch(ada, form, { ...form })).toEqual({})
  })
  it('patches only what was', () => {
    const mine = { ...form, name: ' Ada M. ', owner: '', value: '99,9', 'source.campaign': 'Autumn' }
    expect(toPatch(ada, form, mine)).toEqual({
      name: 'Ada M.',
      owner: '',
      value: { amount: 9990, currency: 'EUR' },
      source: expect.objectContaining({
        source: 'Paid ads',
        sub_source: 'Meta',
        campaign: 'Autumn',
      }) as unknown,
    })
  })
  it('keeps the kind of a property and removes one without text', () => {
    const mine = { ...form, 'property.seats': '15', 'property.plan': ' ', 'property.city': '42' }
    expect(toPatch(ada, form, mine).properties).toEqual({ seats: 15, plan: null, city: '42' })
  })
  it('knows amounts that are none', () => {
    expect(badValue(form, { ...form, value: 'much' })).toBe(true)
    expect(badValue(form, { ...form, value: '' })).toBe(true)
    expect(badValue({ ...form, value: '' }, { ...form, value: '' })).toBe(false)
    expect(badValue(form, form)).toBe(false)
  })
})

describe('two people at once', () => {
  const theirs = { ...form, owner: 'Jonas', name: 'A. Moreau' }
  it('lose nothing and are told what both changed', () => {
    const met = meet(form, theirs, { ...form, name: 'Ada', phone: '+33 1' })
    expect(met.form).toMatchObject({ name: 'Ada', phone: '+33 1', owner: 'Jonas' })
    expect(met.both).toEqual([{ name: 'name', theirs: 'A. Moreau' }])
    expect(met.theirs).toEqual(['owner'])
  })
  it('who wrote the same agree', () => {
    const met = meet(form, theirs, { ...form, name: 'A. Moreau' })
    expect(met.both).toEqual([])
    expect(changed(theirs, met.form)).toEqual([])
  })
})
