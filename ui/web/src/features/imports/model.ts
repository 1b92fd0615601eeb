import type { ColumnMapping } from '@/api/imports'
import type { ImportMode, Stage } from '@/api/types'
import type { Sample } from './csv'
import { distinct } from './csv'

/** From a file's columns to the mapping that an import asks for. Pure. */

export const FIELDS = [
  'external_id',
  'email',
  'phone',
  'name',
  'owner',
  'source',
  'sub_source',
  'medium',
  'campaign',
  'ad_group',
  'ad',
  'keyword',
  'landing_page',
  'stage',
  'at',
  'value',
  'currency',
  'property',
] as const
export type Field = (typeof FIELDS)[number]
export const MODES: ImportMode[] = ['correction', 'move', 'history']

export interface ColumnChoice {
  column: string
  field: Field | ''
  /** The property's name, for the field `property`. */
  property: string
  /** For the field `stage`: cell -> stage key; '' skips the cell. */
  values: Record<string, string>
  /** For the field `stage`: the column with the date of the move. */
  atColumn: string
  /** For the field `at`: the stage that was entered then; '' dates the whole row. */
  atStage: string
  /** For dates: how they are written; '' lets the server find out. */
  format: string
}

export const DATE_FORMATS = ['iso', 'day_first', 'month_first', 'unix', 'unix_ms'] as const

const GUESSES: [RegExp, Field][] = [
  [/^(external.?id|crm.?id|id|record.?id|contact.?id|lead.?id)$/, 'external_id'],
  [/e.?mail/, 'email'],
  [/phone|mobile|tel/, 'phone'],
  [/^(full.?|contact.?|lead.?)?name$/, 'name'],
  [/owner|agent|sales.?rep/, 'owner'],
  [/sub.?source/, 'sub_source'],
  [/^(lead.?|utm.?)?source$/, 'source'],
  [/medium/, 'medium'],
  [/campaign/, 'campaign'],
  [/ad.?(group|set)/, 'ad_group'],
  [/keyword|utm.?term/, 'keyword'],
  [/landing/, 'landing_page'],
  [/stage|status/, 'stage'],
  [/^(date|at|time|timestamp|changed.?at|created.?at|created.?(date|on))$/, 'at'],
  [/^(value|amount|revenue|deal.?value)$/, 'value'],
  [/currency/, 'currency'],
]

export function guessField(column: string): Field | '' {
  const name = column.trim().toLowerCase()
  return GUESSES.find(([pattern]) => pattern.test(name))?.[1] ?? ''
}

/** A cell that reads like a stage's name or key is that stage. */
export function guessStage(cell: string, stages: Stage[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
  const wanted = plain(cell)
  return stages.find((stage) => plain(stage.key) === wanted || plain(stage.name) === wanted)?.key ?? ''
}

/** The first sensible mapping: each single field is given to one column only. */
export function firstChoices(sample: Sample, stages: Stage[]): ColumnChoice[] {
  const taken = new Set<string>()
  return sample.columns.map((column, i) => {
    const guess = guessField(column)
    const field = guess && !taken.has(guess) ? guess : ''
    if (field && field !== 'stage') taken.add(field)
    return {
      column,
      field,
      property: column,
      atColumn: '',
      atStage: '',
      format: '',
      values: stageValues(sample, i, stages),
    }
  })
}

export function stageValues(sample: Sample, column: number, stages: Stage[]): Record<string, string> {
  return Object.fromEntries(distinct(sample, column).map((cell) => [cell, guessStage(cell, stages)]))
}

export function mappingOf(choices: ColumnChoice[]): Record<string, ColumnMapping> {
  const out: Record<string, ColumnMapping> = {}
  for (const choice of choices) {
    if (choice.field === '') continue
    const mapping: ColumnMapping = { field: choice.field }
    if (choice.field === 'property') mapping.field = `property.${choice.property.trim() || choice.column}`
    if (choice.field === 'at' && choice.atStage) mapping.stage = choice.atStage
    if (choice.format && isDated(choice)) mapping.format = choice.format
    if (choice.field === 'stage') {
      mapping.values = Object.fromEntries(
        Object.entries(choice.values).map(([cell, key]) => [cell, key || null]),
      )
      if (choice.atColumn) mapping.at_column = choice.atColumn
    }
    out[choice.column] = mapping
  }
  return out
}

/** The column holds dates, or leads to one that does. */
export function isDated({ field, atColumn }: ColumnChoice): boolean {
  return field === 'at' || (field === 'stage' && atColumn !== '')
}

export function hasDate(choices: ColumnChoice[]): boolean {
  return choices.some(isDated)
}

export function hasIdentity(choices: ColumnChoice[]): boolean {
  return choices.some(({ field }) => field === 'external_id' || field === 'email' || field === 'phone')
}
