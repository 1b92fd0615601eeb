import { expect, it } from 'vitest'
import type { Destination, Kind } from '@/api/destinations'
import type { Stage } from '@/api/types'
import { draftOf, inputOf, isComplete, pretty, stageChoices, stageNames, stateOf, withStages } from './model'

const field = { choices: [], example: '', made: false, pattern: '', required: false, secret: false }
const kind = {
  kind: 'hubspot',
  maps: true,
  fields: [
    { ...field, name: 'object' },
    { ...field, name: 'access_token', required: true, secret: true },
  ],
  events: [{ event: 'lead', name: '' }],
  mapping: [{ to: 'lifecyclestage', from: 'stage.key' }],
} as unknown as Kind
const kept = {
  name: 'CRM',
  settings: { object: 'deals' },
  secrets: ['access_token'],
  events: [{ event: 'won' }],
  mapping: [],
  enabled: true,
  failed: 0,
} as unknown as Destination

it('asks for what is missing, and keeps a secret that is not typed again', () => {
  const fresh = draftOf(kind)
  expect(isComplete(kind, fresh)).toBe(false)
  const filled = { ...fresh, values: { access_token: ' pat-1 ', object: '' } }
  expect(isComplete(kind, filled)).toBe(true)
  expect(inputOf(kind, filled)).toMatchObject({
    settings: {},
    secrets: { access_token: 'pat-1' },
    events: [{ event: 'lead' }],
  })
  const again = draftOf(kind, kept)
  expect(isComplete(kind, again, kept)).toBe(true)
  expect(inputOf(kind, again)).toMatchObject({ settings: { object: 'deals' }, secrets: {}, mapping: [] })
})

it('says what state a destination is in', () => {
  expect(stateOf(kept)).toBe('on')
  expect(stateOf({ ...kept, failed: 2 })).toBe('failing')
  expect(stateOf({ ...kept, failed: 2, enabled: false })).toBe('paused')
})

it('shows JSON in lines and everything else as it is', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(pretty('a=1&b')).toBe('a=1&b')
})

it('lets one choose several stages, also one that is out of use and was chosen before', () => {
  const stages = [
    { id: 'a', name: 'Hot' },
    { id: 'b', name: 'Paid' },
    { id: 'c', name: 'Old', archived: true },
    { id: 'd', name: 'Gone', erased: true },
  ] as unknown as Stage[]
  const ids = (chosen?: string[]) => stageChoices(stages, chosen).map(({ value }) => value)
  expect(ids()).toEqual(['a', 'b'])
  expect(ids(['d'])).toEqual(['a', 'b', 'd'])
  const events = [{ event: 'won' as const }, { event: 'stage' as const, name: 'x' }]
  expect(withStages(events, stages, ['d', 'a'])).toEqual([
    { event: 'won' },
    { event: 'stage', name: 'x', stages: ['a', 'd'] },
  ])
  expect(withStages(withStages(events, stages, ['a']), stages, [])[1]?.stages).toBeUndefined()
  expect(stageNames(stages, ['a', 'd', 'z'])).toEqual(['Hot', 'Gone', 'z'])
})
