import type { Contact, Journey, Stage } from '@/api/types'
import { propertyText, SOURCES } from './edit'

/** Contacts and their journeys as display rows. Pure. */

export function sourceText(contact: Pick<Contact, 'source'>): string | null {
  const { source, sub_source, campaign } = contact.source
  const parts = [source, sub_source, campaign].filter(Boolean)
  return parts.length > 0 ? parts.join(' › ') : null
}

/** What is known of the source, from wide to narrow. */
export function sourceFacts(contact: Pick<Contact, 'source'>) {
  return SOURCES.flatMap((name) => {
    const value = contact.source[name]
    return value ? [{ name, value }] : []
  })
}

/** Whose address a page has is seen without how it was asked for. */
export function pageText(page: string): string {
  return page.replace(/^https?:\/\//, '')
}

export interface JourneyRow {
  n: number
  enteredAt: string
  endedAt: string | null
  outcome: Journey['outcome']
  seconds: number | null
  furthest: string | null
  lostStage: string | null
  origin: string | null
  visits: { key: string; name: string; seconds: number | null; open: boolean }[]
}

/** Newest first; stage keys become names, a key no longer known stays as it is. */
export function journeyRows(journeys: Journey[], stages: Stage[]): JourneyRow[] {
  const names = new Map(stages.map((stage) => [stage.key, stage.name]))
  const name = (key: string | null) => (key === null ? null : (names.get(key) ?? key))
  return [...journeys]
    .sort((a, b) => b.n - a.n)
    .map((journey) => ({
      n: journey.n,
      enteredAt: journey.entered_at,
      endedAt: journey.ended_at,
      outcome: journey.outcome,
      seconds: journey.duration_seconds,
      furthest: stages.find((stage) => stage.position === journey.furthest)?.name ?? null,
      lostStage: name(journey.lost_stage),
      origin: name(journey.origin),
      visits: journey.visits.map((visit, i) => ({
        key: `${visit.stage}:${i}`,
        name: name(visit.stage) ?? visit.stage,
        seconds: visit.seconds,
        open: visit.left_at === null && journey.outcome === 'open',
      })),
    }))
}

export interface Fact {
  name: string
  value: string
}

/** Properties in the order of their names; what is not text is shown as JSON. */
export function propertyFacts(contact: Contact): Fact[] {
  return Object.entries(contact.properties)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => ({ name, value: propertyText(value) }))
}
