import type { LeftOut } from '@/api/tracking'

/** What goes into the pages of a site. */
export interface SnippetOptions {
  consent: boolean
  forms: boolean
}

export function snippet(host: string, key: string, { consent, forms }: SnippetOptions): string {
  const more = (consent ? ' data-consent="required"' : '') + (forms ? ' data-forms="all"' : '')
  return `<script async src="${host}/t.js" data-key="${key}"${more}></script>`
}

/** Where a provider calls; the key says which workspace is meant. */
export function hookAddress(host: string, provider: string, key: string): string {
  return `${host}/v1/hooks/${provider}?key=${key}`
}

/** The lines that people typed, without empty ones. */
export function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** "Their stage = ours", one a line. A line without a sign of equality is a stage without one of ours. */
export function parseStages(text: string): Record<string, string> {
  return Object.fromEntries(
    lines(text).map((line) => {
      const at = line.lastIndexOf('=')
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    }),
  )
}

export function writeStages(stages: Record<string, string>, keyOf: (id: string) => string): string {
  return Object.entries(stages)
    .map(([theirs, ours]) => `${theirs} = ${keyOf(ours)}`)
    .join('\n')
}

/** The fields of a source that have a value, widest first. */
export function sourceWords(source: object): string {
  return Object.values(source).filter(Boolean).join(' · ')
}

const RETENTION = [30, 90, 180, 365, 730]

/** For how many days visits can be kept: those that are usual, and what is set. */
export function retentionDays(set: number | null): number[] {
  return set === null || RETENTION.includes(set) ? RETENTION : [...RETENTION, set].toSorted((a, b) => a - b)
}

const LEFT_OUT = ['bots', 'fast', 'internal', 'opted_out'] as const

/** Why something is not counted, and how much; what never happened is not told. */
export function leftOutParts(counts: LeftOut) {
  return LEFT_OUT.map((why) => ({ why, count: counts[why] })).filter(({ count }) => count > 0)
}
