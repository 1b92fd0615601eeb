import { expect, it } from 'vitest'
import { leftOutParts, lines, parseStages, snippet, sourceWords, writeStages } from './model'

it('writes the snippet', () => {
  const plain = '<script async src="https://t.example/t.js" data-key="tmk_x"></script>'
  expect(snippet('https://t.example', 'tmk_x', { consent: false, forms: false })).toBe(plain)
  expect(snippet('https://t.example', 'tmk_x', { consent: true, forms: true })).toContain(
    ' data-consent="required" data-forms="all">',
  )
})

it('reads lines and stages as people type them', () => {
  expect(lines(' a.example \n\n b.example\n')).toEqual(['a.example', 'b.example'])
  const stages = { 'Closed = Won': 'customer', Lost: '' }
  expect(parseStages('Closed = Won = customer\n Lost')).toEqual(stages)
  expect(parseStages(writeStages(stages, (id) => id))).toEqual(stages)
})

it('says where somebody came from', () => {
  expect(sourceWords({ source: 'Email', sub_source: '', campaign: 'May' })).toBe('Email · May')
})

it('tells what is not counted by its reason, and nothing of what never happened', () => {
  expect(leftOutParts({ bots: 3, fast: 0, internal: 1, opted_out: 0 })).toEqual([
    { why: 'bots', count: 3 },
    { why: 'internal', count: 1 },
  ])
})
