import type { Stage } from '@/api/types'
import type { Field } from './model'

/** What the columns of well-known exports mean, by their headers. Pure. */

export const CRMS = ['hubspot', 'salesforce', 'zoho', 'pipedrive'] as const
export type Crm = (typeof CRMS)[number]

/** What a column means; of a date: which stage was entered then; of anything else that is kept: its name. */
export interface Meaning {
  field: Field
  stage?: Landmark
  property?: string
}

/** A stage of the workspace, found by what it is for and not by its name. */
export type Landmark = 'first' | 'lead' | 'mql' | 'sql' | 'opportunity' | 'won' | 'lost'

/** Lower case, without what differs between an export of the page and one of the interface. */
export function plainHeader(header: string): string {
  return header
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const is = (field: Field): Meaning => ({ field })
const kept = (property: string): Meaning => ({ field: 'property', property })
const entered = (stage: Landmark): Meaning => ({ field: 'at', stage })

const HUBSPOT: Record<string, Meaning> = {
  'record id': is('external_id'),
  'contact id': is('external_id'),
  'deal id': is('external_id'),
  email: is('email'),
  'phone number': is('phone'),
  'mobile phone number': is('phone'),
  'last name': is('name'),
  'deal name': is('name'),
  'first name': is('name'),
  'company name': kept('company'),
  'contact owner': is('owner'),
  'deal owner': is('owner'),
  'lifecycle stage': is('stage'),
  'deal stage': is('stage'),
  'lead status': kept('lead_status'),
  amount: is('value'),
  'original source': is('source'),
  'original source type': is('source'),
  'original traffic source': is('source'),
  'original source drill down 1': is('sub_source'),
  'original traffic source drill down 1': is('sub_source'),
  'original source drill down 2': is('campaign'),
  'original traffic source drill down 2': is('campaign'),
  'first page seen': is('landing_page'),
  'create date': is('at'),
  'became a subscriber date': entered('first'),
  'became a lead date': entered('lead'),
  'became a marketing qualified lead date': entered('mql'),
  'became a sales qualified lead date': entered('sql'),
  'became an opportunity date': entered('opportunity'),
  'became a customer date': entered('won'),
}

const SALESFORCE: Record<string, Meaning> = {
  id: is('external_id'),
  'lead id': is('external_id'),
  'contact id': is('external_id'),
  'opportunity id': is('external_id'),
  email: is('email'),
  phone: is('phone'),
  'mobile phone': is('phone'),
  mobile: is('phone'),
  name: is('name'),
  'last name': is('name'),
  'opportunity name': is('name'),
  'first name': is('name'),
  company: kept('company'),
  'company account': kept('company'),
  'account name': kept('company'),
  'lead owner': is('owner'),
  'opportunity owner': is('owner'),
  owner: is('owner'),
  'lead source': is('source'),
  'primary campaign source': is('campaign'),
  'lead status': is('stage'),
  status: is('stage'),
  stage: is('stage'),
  'stage name': is('stage'),
  amount: is('value'),
  'amount currency': is('currency'),
  'currency iso code': is('currency'),
  'create date': is('at'),
  'created date': is('at'),
}

const ZOHO: Record<string, Meaning> = {
  'record id': is('external_id'),
  leadid: is('external_id'),
  'lead id': is('external_id'),
  email: is('email'),
  phone: is('phone'),
  mobile: is('phone'),
  'full name': is('name'),
  'last name': is('name'),
  'deal name': is('name'),
  'potential name': is('name'),
  'first name': is('name'),
  company: kept('company'),
  'account name': kept('company'),
  'lead owner': is('owner'),
  'deal owner': is('owner'),
  'potential owner': is('owner'),
  'lead source': is('source'),
  'campaign source': is('campaign'),
  'lead status': is('stage'),
  stage: is('stage'),
  amount: is('value'),
  currency: is('currency'),
  'created time': is('at'),
}

const PIPEDRIVE: Record<string, Meaning> = {
  'person id': is('external_id'),
  'deal id': is('external_id'),
  'person email work': is('email'),
  'person email': is('email'),
  'person phone work': is('phone'),
  'person phone mobile': is('phone'),
  'person phone': is('phone'),
  'person name': is('name'),
  'deal contact person': is('name'),
  'deal title': kept('deal'),
  'person organization': kept('company'),
  'deal organization': kept('company'),
  'person owner': is('owner'),
  'deal owner': is('owner'),
  'deal source channel': is('source'),
  'deal stage': is('stage'),
  'deal status': kept('status'),
  'deal value': is('value'),
  'deal currency of value': is('currency'),
  'deal deal created': is('at'),
  'person person created': is('at'),
  'deal won time': entered('won'),
  'deal lost time': entered('lost'),
  'deal lost reason': kept('lost_reason'),
}

const EXPORTS: Record<Crm, Record<string, Meaning>> = {
  hubspot: HUBSPOT,
  salesforce: SALESFORCE,
  zoho: ZOHO,
  pipedrive: PIPEDRIVE,
}

/** Headers that only this one writes: what tells two exports with an "Email" apart. */
const TELLING: Record<Crm, RegExp> = {
  hubspot:
    /^(lifecycle stage|contact owner|became an? .* date|original (traffic )?source.*|create date|deal stage)$/,
  salesforce:
    /^(opportunity (id|name|owner)|company account|lead status|created? date|stage name|is converted|converted date|owner id|account id)$/,
  zoho: /^(potential (name|owner)|closing date|created time|modified time|leadid|expected revenue)$/,
  pipedrive: /^(person|deal|organization|lead) .*$/,
}

/** Which export this is; null where too little tells. */
export function crmOf(columns: string[]): Crm | null {
  const headers = columns.map(plainHeader)
  const scored = CRMS.map((crm) => {
    const known = headers.filter((header) => header in EXPORTS[crm]).length
    const telling = headers.filter((header) => TELLING[crm].test(header)).length
    return { crm, telling, score: known + 2 * telling, enough: telling > 0 && known >= 3 }
  })
  const best = scored.filter((one) => one.enough).sort((a, b) => b.score - a.score)[0]
  return best?.crm ?? null
}

export function meaningIn(crm: Crm, column: string): Meaning | undefined {
  return EXPORTS[crm][plainHeader(column)]
}

/** The stage that a landmark stands for here; undefined where this workspace has none like it. */
export function landmarkStage(mark: Landmark, stages: Stage[]): Stage | undefined {
  const used = stages.filter((stage) => !stage.archived && !stage.erased && !stage.merged)
  const by = (fits: (stage: Stage) => boolean) => used.find(fits)
  if (mark === 'won') return by((stage) => stage.kind === 'won')
  if (mark === 'lost') return by((stage) => stage.kind === 'lost')
  if (mark === 'first') return by((stage) => stage.kind === 'progress')
  return by((stage) => stage.role === mark || stage.key === mark)
}
