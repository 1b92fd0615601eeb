/** Calendar days as `YYYY-MM-DD`, and what people type for a range of them. Pure. */

const DAY_MS = 86_400_000

export function dayIn(timeZone: string, at: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

export function dayCount(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

export interface Days {
  from: string
  to: string
}

function typedDay(text: string, today: string): string | undefined {
  const clean = text.trim()
  if (isDay(clean)) return clean
  const short = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(clean)
  if (!short) return undefined
  const [, month = '', date = '', year] = short
  const on = (y: number) => `${y}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const thisYear = Number(today.slice(0, 4))
  const guess = on(year ? Number(year) : thisYear)
  if (!isDay(guess)) return undefined
  // Without a year, a day that is still to come means the last one that was.
  return !year && guess > today ? on(thisYear - 1) : guess
}

/** Reads `2026-11-01 - 2026-11-14`, `3/1 - 3/14`, one day alone, or `last 10 days`. */
export function typedRange(text: string, today: string): Days | undefined {
  const lastDays = /^(?:last|past)\s+(\d{1,4})\s+days?$/i.exec(text.trim())
  if (lastDays) {
    const count = Number(lastDays[1])
    return count > 0 ? { from: addDays(today, 1 - count), to: today } : undefined
  }
  const parts = text.split(/\s+(?:-|–|to)\s+|\s*–\s*|(?<=\d\/\d{1,2})\s*-\s*/)
  if (parts.length > 2) return undefined
  const from = typedDay(parts[0] ?? '', today)
  const to = parts.length === 2 ? typedDay(parts[1] ?? '', today) : from
  return from && to && from <= to ? { from, to } : undefined
}
