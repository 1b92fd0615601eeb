import type { Contact, ContactFields } from '@/api/types'
import { toMajor, toMinor } from '@/lib/money'

/** The contact as a form of texts, what of it was edited, and two people at once. Pure. */

export const NAMES = ['name', 'email', 'phone', 'external_id', 'owner'] as const
export const SOURCES = [
  'source',
  'sub_source',
  'medium',
  'campaign',
  'ad_group',
  'ad',
  'keyword',
  'landing_page',
] as const

export type FieldName =
  (typeof NAMES)[number] | 'value' | 'currency' | `source.${(typeof SOURCES)[number]}` | `property.${string}`

/** Every field as text; of a property that is not there, nothing. */
export type Form = Partial<Record<FieldName, string>>

export function toForm(contact: Contact, currency: string): Form {
  const form: Form = {}
  for (const name of NAMES) form[name] = contact[name] ?? ''
  const money = contact.value && { ...contact.value, currency: contact.value.currency ?? currency }
  form.value = money ? toMajor(money) : ''
  form.currency = money?.currency ?? currency
  for (const name of SOURCES) form[`source.${name}`] = contact.source[name] ?? ''
  for (const [name, value] of Object.entries(contact.properties)) {
    form[`property.${name}`] = propertyText(value)
  }
  return form
}

export function propertyText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What a property's text means: a value that was no text stays of its kind. */
function propertyValue(text: string, before: unknown): unknown {
  if (before === undefined || typeof before === 'string') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

export function propertyNames(form: Form): string[] {
  return Object.keys(form)
    .filter((name) => name.startsWith('property.'))
    .map((name) => name.slice('property.'.length))
    .sort((a, b) => a.localeCompare(b))
}

export function changed(from: Form, to: Form): FieldName[] {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]) as Set<FieldName>
  return [...names].filter((name) => (from[name] ?? '') !== (to[name] ?? ''))
}

/** The amount is none, or the value was taken away, which contacts do not know: only 0. */
export function badValue(from: Form, to: Form): boolean {
  const text = to.value?.trim() ?? ''
  if (text === '') return Boolean(from.value)
  return toMinor(text, to.currency ?? '') === undefined
}

/** Only what was edited; the source goes as a whole, a property without text is removed. */
export function toPatch(contact: Contact, from: Form, to: Form): ContactFields {
  const patch: ContactFields = {}
  const edited = changed(from, to)
  for (const name of NAMES) if (edited.includes(name)) patch[name] = (to[name] ?? '').trim()
  const amount = toMinor(to.value ?? '', to.currency ?? '')
  if (amount !== undefined && (edited.includes('value') || edited.includes('currency'))) {
    patch.value = { amount, currency: to.currency }
  }
  if (edited.some((name) => name.startsWith('source.'))) {
    const source: NonNullable<ContactFields['source']> = {}
    for (const name of SOURCES) source[name] = (to[`source.${name}`] ?? '').trim() || undefined
    patch.source = source
  }
  const properties: Record<string, unknown> = {}
  for (const name of edited) {
    if (!name.startsWith('property.')) continue
    const key = name.slice('property.'.length)
    const text = (to[name] ?? '').trim()
    properties[key] = text === '' ? null : propertyValue(text, contact.properties[key])
  }
  if (Object.keys(properties).length > 0) patch.properties = properties
  return patch
}

export interface Meeting {
  /** Mine where I edited, theirs elsewhere. */
  form: Form
  /** Fields that both changed, with what the other wrote. */
  both: { name: FieldName; theirs: string }[]
  /** Fields that only the other changed. */
  theirs: FieldName[]
}

/** Two people edited the same version: nothing of either is lost, and what both wrote is told. */
export function meet(base: Form, theirs: Form, mine: Form): Meeting {
  const byMe = new Set(changed(base, mine))
  const form: Form = { ...theirs }
  for (const name of byMe) form[name] = mine[name] ?? ''
  const byThem = changed(base, theirs)
  return {
    form,
    both: byThem
      .filter((name) => byMe.has(name) && (mine[name] ?? '') !== (theirs[name] ?? ''))
      .map((name) => ({ name, theirs: theirs[name] ?? '' })),
    theirs: byThem.filter((name) => !byMe.has(name)),
  }
}
