import type { Destination, DestinationInput, EventChoice, Kind, Pair, Setting } from '@/api/destinations'
import type { Stage } from '@/api/types'
import { whyOut } from '@/features/stages/model'

/** As they write themselves. */
export const KIND_NAMES: Record<Kind['kind'], string> = {
  webhook: 'Webhook',
  ga4: 'Google Analytics 4',
  meta: 'Meta Conversions API',
  google_ads: 'Google Ads',
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
}

/** Settings that have words of their own; others are called as the service calls them. */
const SETTINGS = [
  'access_token',
  'action_source',
  'api_secret',
  'client_id',
  'client_secret',
  'create',
  'dataset_id',
  'instance_url',
  'match',
  'match_field',
  'match_from',
  'measurement_id',
  'object',
  'password',
  'secret',
  'test_event_code',
  'unknown_clients',
  'url',
  'user_data',
] as const
export const settingName = (name: string) => SETTINGS.find((one) => one === name)

/** What a person fills in of a destination. */
export interface Draft {
  name: string
  values: Record<string, string>
  events: EventChoice[]
  mapping: Pair[]
}

export function draftOf(kind: Kind, kept?: Destination): Draft {
  return {
    name: kept?.name ?? KIND_NAMES[kind.kind],
    values: { ...kept?.settings },
    events: kept?.events ?? kind.events.map(({ event }) => ({ event })),
    mapping: kept?.mapping ?? kind.mapping,
  }
}

/** A secret that is left empty stays as it is, or is made by the server. */
export function inputOf(kind: Kind, draft: Draft): DestinationInput {
  const filled = (secret: boolean) =>
    Object.fromEntries(
      kind.fields
        .filter((field) => field.secret === secret && draft.values[field.name]?.trim())
        .map(({ name }) => [name, draft.values[name]?.trim() ?? '']),
    )
  return {
    name: draft.name,
    settings: filled(false),
    secrets: filled(true),
    events: draft.events,
    ...(kind.maps && { mapping: draft.mapping.filter(({ to }) => to.trim()) }),
  }
}

/** Whether what the server asks for is there, so that a preview can be made. */
export function isComplete(kind: Kind, draft: Draft, kept?: Destination): boolean {
  const has = (field: Setting) =>
    !field.required || !!draft.values[field.name]?.trim() || !!kept?.secrets.includes(field.name)
  return draft.name.trim() !== '' && draft.events.length > 0 && kind.fields.every(has)
}

/** The stages in use, and those out of use that are chosen already. */
export function stageChoices(stages: Stage[], chosen: string[] = []) {
  return stages
    .filter((stage) => whyOut(stage) === null || chosen.includes(stage.id))
    .map(({ id, name }) => ({ value: id, label: name }))
}

/** Tells of just these stages, in the order of the stages; of every stage if there are none. */
export function withStages(events: EventChoice[], stages: Stage[], chosen: string[]): EventChoice[] {
  const ordered = stages.filter(({ id }) => chosen.includes(id)).map(({ id }) => id)
  return events.map((one) =>
    one.event === 'stage' ? { ...one, stages: ordered.length > 0 ? ordered : undefined } : one,
  )
}

/** The names of stages; one that is not there any more is called by its number. */
export function stageNames(stages: Stage[], ids: string[]): string[] {
  return ids.map((id) => stages.find((stage) => stage.id === id)?.name ?? id)
}

export type State = 'paused' | 'failing' | 'on'

/** Failing is what needs somebody: what is lost unless it is sent again. */
export function stateOf({ enabled, failed }: Destination): State {
  if (!enabled) return 'paused'
  return failed > 0 ? 'failing' : 'on'
}

/** JSON with its lines, everything else as it is. */
export function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
