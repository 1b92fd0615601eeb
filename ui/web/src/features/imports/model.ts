import type { ColumnMapping } from '@/api/imports'
import type { ImportMode, Stage } from '@/api/types'
import type { Sample } from './csv'
import { distinct } from './csv'
import type { Crm, Meaning } from './crm'
import { crmOf, landmarkStage, meaningIn, plainHeader } from './crm'

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
  /** For the field `stage`: cell -> stage key, or NO_STAGE; '' skips the cell. */
  values: Record<string, string>
  /** For the field `stage`: the column with the date of the move. */
  atColumn: string
  /** For the field `at`: the stage that was entered then; '' dates the whole row. */
  atStage: string
  /** For dates: how they are written; '' lets the server find out. */
  format: string
}

/** As a stage of a cell: the contact is in none then. */
export const NO_STAGE = '-'

export const DATE_FORMATS = ['iso', 'day_first', 'month_first', 'unix', 'unix_ms'] as const

const GUESSES: [RegExp, Field][] = [
  [/^(external.?id|crm.?id|id|record.?id|contact.?id|lead.?id)$/, 'external_id'],
  [/e.?mail/, 'email'],
  [/phone|mobile|tel/, 'phone'],
  [/^(full.?|contact.?|lead.?|first.?|given.?|last.?|family.?|sur.?)?name$/, 'name'],
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

/** What the cells themselves tell, for a header that tells nothing. */
export function guessCells(cells: string[], stages: Stage[]): Field | '' {
  if (cells.length === 0) return ''
  const share = (fits: (cell: string) => boolean) => cells.filter(fits).length / cells.length
  if (share((cell) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell)) > 0.8) return 'email'
  if (share((cell) => /^\+\d[\d\s().-]{6,18}$/.test(cell)) > 0.8) return 'phone'
  if (cells.length <= 30 && share((cell) => guessStage(cell, stages) !== '') >= 0.5) return 'stage'
  return ''
}

/** What a column seems to mean: by the export that the file comes from, else by its name, else by its cells. */
function meaningOf(crm: Crm | null, sample: Sample, column: number, stages: Stage[]): Meaning | undefined {
  const name = sample.columns[column] ?? ''
  const known = crm ? meaningIn(crm, name) : undefined
  if (known) return known
  const field = guessField(name) || guessCells(distinct(sample, column), stages)
  return field ? { field } : undefined
}

/** Fields that several columns of a file may have. */
const MANY: (Field | '')[] = ['stage', 'property', '']

/** Columns with a part of a name: the import joins them. */
const PART_OF_NAME = /^(first|given|last|family|sur) ?name$/

/** The first sensible mapping: each single field is given to one column only. */
export function firstChoices(sample: Sample, stages: Stage[]): ColumnChoice[] {
  const crm = crmOf(sample.columns)
  const taken = new Set<string>()
  const meanings = sample.columns.map((_, i) => meaningOf(crm, sample, i, stages))
  const isPart = (i: number) => PART_OF_NAME.test(plainHeader(sample.columns[i] ?? ''))
  // Where a column has the whole name, its parts would only say it again.
  const whole = meanings.some((meaning, i) => meaning?.field === 'name' && !isPart(i))
  const choices = sample.columns.map((column, i): ColumnChoice => {
    const part = meanings[i]?.field === 'name' && isPart(i)
    const meaning = part && whole ? undefined : meanings[i]
    const atStage = meaning?.stage ? (landmarkStage(meaning.stage, stages)?.key ?? '') : ''
    // A date of a stage that is not here dates nothing.
    const guess = meaning?.stage && !atStage ? '' : (meaning?.field ?? '')
    const field = taken.has(guess) && !atStage ? '' : guess
    if (!MANY.includes(field) && !atStage && !part) taken.add(field)
    return {
      column,
      field,
      property: meaning?.property ?? column,
      atColumn: '',
      atStage: field === 'at' ? atStage : '',
      format: '',
      values: stageValues(sample, i, stages),
    }
  })
  return withDatedStages(choices, landmarkStage('first', stages)?.key ?? '')
}

/**
 * Where columns date certain stages, they tell the history: the creation dates the first stage, and a column with
 * the stage of today would only put that stage on a wrong date.
 */
function withDatedStages(choices: ColumnChoice[], first: string): ColumnChoice[] {
  const dated = choices.map(({ atStage }) => atStage)
  if (dated.every((key) => key === '')) return choices
  return choices.map((choice) => {
    if (choice.field === 'stage') return { ...choice, field: '' }
    if (choice.field !== 'at' || choice.atStage) return choice
    return dated.includes(first) ? { ...choice, field: '' } : { ...choice, atStage: first }
  })
}

export function stageValues(sample: Sample, column: number, stages: Stage[]): Record<string, string> {
  return Object.fromEntries(distinct(sample, column).map((cell) => [cell, guessStage(cell, stages)]))
}

/** Cells that were given a stage; the others are not in the mapping, so they are skipped and counted. */
function chosenValues(values: Record<string, string>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, key]) => key !== '')
      .map(([cell, key]) => [cell, key === NO_STAGE ? null : key]),
  )
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
      mapping.values = chosenValues(choice.values)
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

/** A column of the preview: one meaning, and the columns of the file that it is read from. */
export interface Meant {
  choice: ColumnChoice
  field: Field
  at: number[]
}

/** The columns that mean something, those of the name as one. */
export function meant(choices: ColumnChoice[]): Meant[] {
  const out: Meant[] = []
  choices.forEach((choice, i) => {
    if (choice.field === '') return
    const name = choice.field === 'name' ? out.find(({ field }) => field === 'name') : undefined
    if (name) name.at.push(i)
    else out.push({ choice, field: choice.field, at: [i] })
  })
  return out
}

/** What a row says in some columns, as the import joins it. */
export function joined(cells: string[], at: number[]): string {
  return at
    .map((i) => cells[i]?.trim() ?? '')
    .filter((cell) => cell !== '')
    .join(' ')
}
