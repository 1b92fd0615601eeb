/** Numbers, rates, durations and dates as the reader sees them. Pure: locale and units come in. */

const NBSP = '\u00a0'
const MINUS = '\u2212'
export const NOTHING = '–'

export function number(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value).replace('-', MINUS)
}

function oneDecimal(value: number, locale: string): string {
  const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    Math.abs(value),
  )
  return text
}

/** `3.25` -> `3.3`, with so many decimals. */
export function decimal(value: number, digits: number, locale: string): string {
  const shape = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(locale, shape).format(value).replace('-', MINUS)
}

/** `0.312` -> `31.2 %`. */
export function rate(value: number, locale: string): string {
  return `${value < 0 ? MINUS : ''}${oneDecimal(value * 100, locale)}${NBSP}%`
}

/** `0.036` -> `+3.6`, for differences between two rates, in percentage points. */
export function points(value: number, locale: string): string {
  return `${sign(value)}${oneDecimal(value * 100, locale)}`
}

/** `-0.2` -> `−20.0 %`, for relative differences. */
export function change(value: number, locale: string): string {
  return `${sign(value)}${oneDecimal(value * 100, locale)}${NBSP}%`
}

function sign(value: number): string {
  const shown = Math.round(value * 1000)
  if (shown === 0) return ''
  return shown > 0 ? '+' : MINUS
}

export type Unit = 'd' | 'h' | 'min' | 's'
export type UnitNames = Record<Unit, string>
const UNITS: [Unit, number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
]

/** Two neighbouring units: `187200` -> `2 d 4 h`; below a minute only seconds. */
export function duration(seconds: number, names: UnitNames): string {
  const rounded = Math.max(0, Math.round(seconds))
  const at = UNITS.findIndex(([, size]) => rounded >= size)
  const [big, small] = [UNITS[at], UNITS[at + 1]]
  if (!big) return `0${NBSP}${names.s}`
  if (!small) return `${rounded}${NBSP}${names.s}`
  const inSmall = Math.round(rounded / small[1])
  const perBig = big[1] / small[1]
  const larger = UNITS[at - 1]
  if (larger && inSmall * small[1] >= larger[1]) return duration(larger[1], names)
  return `${Math.floor(inSmall / perBig)}${NBSP}${names[big[0]]}${NBSP}${inSmall % perBig}${NBSP}${names[small[0]]}`
}

/** As a mark on an axis, without a unit that has nothing: `129600` -> `1 d 12 h`, `604800` -> `7 d`, `0` -> `0`. */
export function whole(seconds: number, names: UnitNames): string {
  if (seconds === 0) return '0'
  return duration(seconds, names).replace(new RegExp(`${NBSP}0${NBSP}\\S+$`), '')
}

/** A calendar day (`2026-11-14`) needs no time zone. */
export function day(iso: string, locale: string, options?: Intl.DateTimeFormatOptions): string {
  const shape = options ?? { day: 'numeric', month: 'short', year: 'numeric' }
  return new Intl.DateTimeFormat(locale, { ...shape, timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`))
}

export function dayRange(from: string, to: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))
}

export function moment(iso: string, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(iso),
  )
}

export function clock(iso: string, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(new Date(iso))
}
