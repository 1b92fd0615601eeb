import { describe, expect, it } from 'vitest'
import type { SavedView } from '@/api/types'
import { asked, contactQuery, contactSearch, differs, nextSort, shifted, sortedAs } from './search'

const view: SavedView = {
  id: 'view_1',
  name: 'Mine',
  ready: false,
  filter: 'owner = me',
  columns: ['name', 'owner'],
  sort: '-days_in_stage',
  valid: true,
  errors: [],
}

describe('what is asked', () => {
  it('is the view’s own', () => {
    expect(asked({ view: 'view_1' }, view)).toEqual({ filter: 'owner = me', sort: '-days_in_stage', q: '' })
  })
  it('is the address’s where it says something, even nothing', () => {
    expect(asked({ filter: '', sort: 'created_at', q: 'a' }, view)).toEqual({
      filter: '',
      sort: 'created_at',
      q: 'a',
    })
  })
  it('never asks for names in order with a filter', () => {
    expect(contactQuery({ filter: 'a', sort: 'name', q: '' })).toEqual({ filter: 'a', sort: '-created_at' })
    expect(contactQuery({ filter: '', sort: 'name', q: '' })).toEqual({ sort: 'name' })
  })
  it('shows the default instead of nonsense', () => {
    expect(asked(contactSearch.parse({ sort: 'shoe', filter: 3 }), undefined)).toEqual({
      filter: '',
      sort: '-created_at',
      q: '',
    })
  })
})

it('a view knows what differs from it', () => {
  expect(differs({ view: 'view_1' }, view, null)).toBe(false)
  expect(differs({ filter: 'owner = me', sort: '-days_in_stage' }, view, ['name', 'owner'])).toBe(false)
  expect(differs({ filter: '' }, view, null)).toBe(true)
  expect(differs({}, view, ['owner', 'name'])).toBe(true)
  expect(differs({ filter: 'a = b' }, undefined, null)).toBe(true)
})

describe('columns', () => {
  it('turn the order around', () => {
    expect(nextSort('-created_at', 'created_at')).toBe('created_at')
    expect(nextSort('name', 'created_at')).toBe('-created_at')
    expect(sortedAs('-created_at', 'created_at')).toBe('descending')
    expect(sortedAs('name', 'created_at')).toBeUndefined()
  })
  it('move by one place and no further', () => {
    expect(shifted(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(shifted(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
    expect(shifted(['a', 'b'], 'x', 1)).toEqual(['a', 'b'])
  })
})
