import { describe, expect, it } from 'vitest'
import { stageList } from '@/test/rest'
import { decoded, distinct, sampleOf } from './csv'
import {
  firstChoices,
  guessCells,
  guessField,
  hasDate,
  hasIdentity,
  joined,
  mappingOf,
  meant,
  NO_STAGE,
} from './model'

describe('a CSV sample', () => {
  it('reads quotes, line breaks in cells and a byte order mark', () => {
    const sample = sampleOf('\uFEFFname,note\r\n"Weber, Jonas","says ""hi""\nand bye"\r\nAda,\r\n', true)
    expect(sample.columns).toEqual(['name', 'note'])
    expect(sample.rows).toEqual([
      ['Weber, Jonas', 'says "hi"\nand bye'],
      ['Ada', ''],
    ])
  })
  it('finds semicolons and tabs', () => {
    expect(sampleOf('a;b;c\n1;2,5;3\n', true).columns).toEqual(['a', 'b', 'c'])
    expect(sampleOf('a\tb\n1\t2\n', true).columns).toEqual(['a', 'b'])
  })
  it('drops a last row that the sample cut', () => {
    expect(sampleOf('a\n1\n2\n3', false).rows).toEqual([['1'], ['2']])
  })
  it('lists different cells, the frequent ones first', () => {
    expect(distinct(sampleOf('s\na\nb\nb\n\n', true), 0)).toEqual(['b', 'a'])
  })
})

describe('the letters of a file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('are UTF-8 also where the last one is cut, or was lost before', () => {
    expect(decoded(bytes('Zoé').slice(0, -1), false)).toEqual({ text: 'Zo', utf8: true })
    expect(decoded(bytes('Zo\uFFFD'), true)).toEqual({ text: 'Zo\uFFFD', utf8: true })
  })

  it('are not UTF-8 where Excel saved them in its own way', () => {
    expect(decoded(Uint8Array.of(0x5a, 0x6f, 0xe9, 0x3b), true)).toEqual({ text: 'Zo\uFFFD;', utf8: false })
    expect(decoded(Uint8Array.of(0xff, 0xfe, 0x5a, 0), true).utf8).toBe(false)
  })
})

describe('the mapping', () => {
  const sample = sampleOf(
    'E-mail,Lead status,Created on,Shoe size\na@x.example,Hot Lead,2026-11-01,42\n',
    true,
  )
  const choices = firstChoices(sample, stageList())

  it('is guessed from the columns’ names and cells', () => {
    expect(choices.map((choice) => choice.field)).toEqual(['email', 'stage', 'at', ''])
    expect(choices[1]?.values).toEqual({ 'Hot Lead': 'hot_lead' })
  })
  it.each([
    ['Phone number', 'phone'],
    ['utm_source', 'source'],
    ['Sub source', 'sub_source'],
    ['Ad group', 'ad_group'],
    ['Contact ID', 'external_id'],
    ['Company size', ''],
  ])('%s means %j', (column, field) => {
    expect(guessField(column)).toBe(field)
  })
  it('leaves out columns without a meaning and cells to skip, and says null for no stage', () => {
    const values = { 'Hot Lead': '', Junk: NO_STAGE, New: 'new_lead' }
    const chosen = choices.map((choice) => ({ ...choice, values }))
    expect(mappingOf(chosen)).toEqual({
      'E-mail': { field: 'email' },
      'Lead status': { field: 'stage', values: { Junk: null, New: 'new_lead' } },
      'Created on': { field: 'at' },
    })
  })
  it('knows dates and identities', () => {
    expect(hasDate(choices)).toBe(true)
    expect(hasIdentity(choices)).toBe(true)
    expect(hasIdentity(choices.slice(1))).toBe(false)
  })
})

describe('cells of a column without a telling name', () => {
  it.each([
    [['a@x.example', 'b@y.example'], 'email'],
    [['+33 6 12 34 56 78', '+49 30 901820'], 'phone'],
    [['Hot lead', 'New lead', 'Something else'], 'stage'],
    [['12', '42'], ''],
    [[], ''],
  ])('%j', (cells, field) => {
    expect(guessCells(cells, stageList())).toBe(field)
  })
})

describe('the parts of a name', () => {
  const fieldsOf = (header: string) =>
    firstChoices(sampleOf(`${header}\n`, true), stageList()).map(({ field }) => field)
  it('are joined where there is no whole one', () => {
    expect(fieldsOf('Email,First Name,Last Name')).toEqual(['email', 'name', 'name'])
    expect(fieldsOf('Email,First Name,Last Name,Full Name')).toEqual(['email', '', '', 'name'])
  })
  it('are one column of the preview', () => {
    const choices = firstChoices(sampleOf('First Name,Email,Last Name\n', true), stageList())
    expect(meant(choices).map(({ field, at }) => [field, at])).toEqual([
      ['name', [0, 2]],
      ['email', [1]],
    ])
    expect(joined(['Ada ', 'a@example.com', ' Moreau'], [0, 2])).toBe('Ada Moreau')
    expect(joined(['', 'a@example.com', 'Moreau'], [0, 2])).toBe('Moreau')
  })
})
