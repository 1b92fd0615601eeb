import type { Cost } from '@/api/costs'
import { isDay } from '@/lib/days'
import { digits } from '@/lib/money'

/** Reads a table of costs as advertising services export it. Pure. */

export const FIELDS = [
  'day',
  'amount',
  'currency',
  'source',
  'sub_source',
  'medium',
  'campaign',
  'ad_group',
  'ad',
  'keyword',
  'clicks',
  'impressions',
] as const
export type Field = (typeof FIELDS)[number]
const SOURCE_FIELDS = ['source', 'sub_source', 'medium', 'campaign', 'ad_group', 'ad', 'keyword'] as const
type SourceField = (typeof SOURCE_FIELDS)[number]

/** How columns are called in exports of Google, Meta, TikTok, LinkedIn and Microsoft, and in our own. */
const NAMES: Record<Field, RegExp> = {
  day: /^(day|date|by day|time period|reporting starts|start date|jour|date de début.*|début.*|день|дата.*)$/,
  amount:
    /^(amount|cost|costs|spend|total spent|amount spent|coût|dépense|montant dépensé|расход|расходы|сумма затрат|стоимость)( \(.*\))?$/,
  currency: /^(currency|currency code|devise|code de devise|валюта|код валюты)$/,
  source: /^(source|channel|источник)$/,
  sub_source: /^(sub_source|sub-source|platform|publisher platform|network|plateforme|платформа)$/,
  medium: /^(medium|support)$/,
  campaign: /^(campaign|campaign name|campagne|nom de la campagne|кампания|название кампании)$/,
  ad_group:
    /^(ad_group|ad group|ad group name|ad set name|ad set|groupe d'annonces|nom de l'ensemble de publicités|группа объявлений|название группы объявлений)$/,
  ad: /^(ad|ad name|ad title|annonce|nom de la publicité|объявление|название объявления)$/,
  keyword: /^(keyword|search keyword|mot clé|ключевое слово)$/,
  clicks: /^(clicks|clicks \(all\)|link clicks|clics|clics \(tous\)|клики|клики \(все\))$/,
  impressions: /^(impressions|impr\.|impr|показы)$/,
}

/** Which column holds what; the first rows of a file may be a title and a range. */
export interface Columns {
  /** The row with the names of the columns. */
  head: number
  at: Partial<Record<Field, number>>
}

const HEAD_WITHIN = 10

export function columnsOf(table: string[][]): Columns {
  const found = table.slice(0, HEAD_WITHIN).map((row, head) => ({ head, at: named(row) }))
  return (
    found.find(({ at }) => at.day !== undefined && at.amount !== undefined) ?? found[0] ?? { head: 0, at: {} }
  )
}

function named(row: string[]): Columns['at'] {
  const at: Columns['at'] = {}
  row.forEach((cell, column) => {
    const name = cell.trim().toLowerCase()
    const field = FIELDS.find((one) => at[one] === undefined && NAMES[one].test(name))
    if (field) at[field] = column
  })
  return at
}

export interface Choice {
  columns: Columns
  /** `3/4/2026`: the day or the month first. */
  dayFirst: boolean
  /** Amounts are in the smallest unit, as the interface takes them. */
  minor: boolean
  /** What holds for all rows that say nothing of it. */
  fixed: Partial<Record<SourceField, string>>
  /** Of rows without a currency. */
  currency: string
}

export interface Problem {
  /** As a person counts the rows of the file. */
  row: number
  field: Unreadable
  cell: string
}

type Unreadable = 'day' | 'amount' | 'currency' | 'clicks' | 'impressions'

export interface Read {
  /** One for each day and source, with the row that it is first in. */
  costs: { cost: Cost; row: number }[]
  problems: Problem[]
  /** Rows that were added to one of the same day and source. */
  added: number
  /** Rows without a day or with a total: they are none of a day. */
  skipped: number
}

export function readCosts(table: string[][], choice: Choice): Read {
  const { head, at } = choice.columns
  const named = { currency: currencyOf(table[head]?.[at.amount ?? -1]) ?? choice.currency }
  const found = new Map<string, { cost: Cost; row: number }>()
  const read: Read = { costs: [], problems: [], added: 0, skipped: 0 }
  table.slice(head + 1).forEach((cells, i) => {
    const row = head + i + 2
    const cell = (field: Field) => said(cells[at[field] ?? -1])
    if (isTotal(cell('day'))) return void read.skipped++
    const one = readRow(cell, { ...choice, ...named })
    if ('field' in one) return void read.problems.push({ row, cell: cell(one.field), field: one.field })
    const key = costKey(one)
    const before = found.get(key)
    if (!before) return void found.set(key, { cost: one, row })
    if (before.cost.currency !== one.currency)
      return void read.problems.push({ row, cell: cell('currency'), field: 'currency' })
    read.added++
    before.cost.amount += one.amount
    before.cost.clicks = sum(before.cost.clicks, one.clicks)
    before.cost.impressions = sum(before.cost.impressions, one.impressions)
  })
  read.costs = [...found.values()]
  return read
}

const sum = (a: number | undefined, b: number | undefined) =>
  a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)

/** What a cell says: exports write `--` for nothing. */
const said = (cell = '') => (/^-+$/.test(cell.trim()) ? '' : cell.trim())

const isTotal = (day: string) => day === '' || /^(total|totals|all|итого?|всего)(?!\p{L})/iu.test(day)

function readRow(cell: (field: Field) => string, choice: Choice): Cost | { field: Unreadable } {
  const day = dayOf(cell('day'), choice.dayFirst)
  if (!day) return { field: 'day' }
  const currency = (cell('currency') || choice.currency).toUpperCase()
  if (!/^[A-Z]{3}$/.test(currency)) return { field: 'currency' }
  const amount = amountOf(cell('amount'), currency, choice.minor)
  if (amount === undefined || amount < 0) return { field: 'amount' }
  const cost: Cost = { day, amount, currency }
  for (const field of SOURCE_FIELDS) {
    const text = cell(field) || (choice.fixed[field]?.trim() ?? '')
    if (text) cost[field] = text
  }
  for (const field of ['clicks', 'impressions'] as const) {
    const count = cell(field) ? amountOf(cell(field), '', true) : undefined
    if (cell(field) && (count === undefined || count < 0)) return { field }
    if (count) cost[field] = count
  }
  return cost
}

/** `Amount spent (USD)` names its currency. */
export function currencyOf(header: string | undefined): string | undefined {
  return /\(([A-Z]{3})\)/.exec(header ?? '')?.[1]
}

/** `2026-11-14`, `2026-11-14 00:00`, `14.11.2026` and `11/14/2026` as a day. */
export function dayOf(text: string, dayFirst: boolean): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text)
  if (iso) return whole(iso[1], iso[2], iso[3])
  const dots = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text)
  if (!dots) return undefined
  const [, first, mark, second, year] = dots
  return mark === '.' || dayFirst ? whole(year, second, first) : whole(year, first, second)
}

function whole(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(text) ? text : undefined
}

/** Whether days are written with the day first; undefined where nothing tells. */
export function tellsDayFirst(table: string[][], column: number | undefined): boolean | undefined {
  let first = false
  let slashed = false
  for (const row of table) {
    const parts = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}$/.exec(row[column ?? -1]?.trim() ?? '')
    if (!parts) continue
    slashed = true
    if (Number(parts[2]) > 12) return false
    first ||= Number(parts[1]) > 12
  }
  return first || !slashed ? true : undefined
}

/** `1,234.50`, `1 234,5` and `€12` as minor units; of no currency, whole numbers. */
export function amountOf(text: string, currency: string, minor: boolean): number | undefined {
  const clean = text.replace(/[\s\u00a0\u202f'’]|[A-Z]{3}|\p{Sc}/gu, '')
  const after = currency ? digits(currency) : 0
  const plain = pointed(clean, after === 3)
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined
  const value = Math.round(Number(plain) * (minor ? 1 : 10 ** after))
  return Number.isSafeInteger(value) ? value : undefined
}

/** The number with a point and without marks of thousands. A single mark before three digits is one of thousands, unless three are usual. */
function pointed(text: string, threeAfter: boolean): string {
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  if (at < 0) return text
  const mark = text.charAt(at)
  const both = text.includes(mark === '.' ? ',' : '.')
  const often = text.indexOf(mark) !== at
  const thousands = !both && (often || (text.length - at === 4 && !threeAfter && !text.startsWith('0')))
  const bare = (part: string) => part.replace(/[.,]/g, '')
  return thousands ? bare(text) : `${bare(text.slice(0, at))}.${text.slice(at + 1)}`
}

/** Sums by currency, the largest first. */
export function totals(read: Read): { amount: number; currency: string }[] {
  const sums = new Map<string, number>()
  for (const { cost } of read.costs) {
    const currency = cost.currency ?? ''
    sums.set(currency, (sums.get(currency) ?? 0) + cost.amount)
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount })).sort((a, b) => b.amount - a.amount)
}

/** The source fields of a cost, widest first. */
export function sourceOf(cost: Cost): string {
  return SOURCE_FIELDS.map((field) => cost[field])
    .filter(Boolean)
    .join(' · ')
}

/** Tells costs apart: one holds for each day and source. */
export const costKey = (cost: Cost) =>
  [cost.day, ...SOURCE_FIELDS.map((field) => cost[field] ?? '')].join('\n')
