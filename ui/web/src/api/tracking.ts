import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Tracking = Schemas['Tracking']
export type Rule = Schemas['Rule']
export type PhoneNumber = Schemas['Number']
export type SourceFields = Schemas['Source']
export type Classified = Schemas['ClassifyAnswer']
export type SiteForm = Schemas['FormAnswer']
export type NewForm = Schemas['FormInput']
export type LeftOut = Schemas['LeftOut']
export type Provider = Schemas['ProviderAnswer']
export type ProviderName = 'hubspot' | 'pipedrive' | 'salesforce' | 'tiktok' | 'twilio' | 'whatsapp'

/** Everything on the page of tracking is read again after any change of it. */
export const trackingKey = ['tracking'] as const

export const trackingOptions = queryOptions({
  queryKey: [...trackingKey, 'settings'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/tracking', { signal })),
})
export const formsOptions = queryOptions({
  queryKey: [...trackingKey, 'forms'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/forms', { signal })),
})
export const providersOptions = queryOptions({
  queryKey: [...trackingKey, 'providers'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/providers', { signal })),
})

/** How many visits of today are known; asked again while somebody waits for the first one. */
export const visitsTodayOptions = queryOptions({
  queryKey: [...trackingKey, 'visits'],
  queryFn: async ({ signal }) => {
    const query = { preset: 'today' as const, compare: 'none' as const }
    const report = await unwrap(api.GET('/v1/reports/sources', { params: { query }, signal }))
    return report.totals.visits
  },
  refetchInterval: 5_000,
})

/** What came and is not counted on purpose; more of it comes by itself. */
export const leftOutOptions = queryOptions({
  queryKey: [...trackingKey, 'left-out'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/v1/rejected', { signal }))).left_out,
  refetchInterval: 5_000,
})

export function setTracking(body: Tracking) {
  return unwrap(api.PUT('/v1/tracking', { body }))
}
export function classify(body: Schemas['ClassifyInput']) {
  return unwrap(api.POST('/v1/tracking/classify', { body }))
}
export function addForm(body: NewForm) {
  return unwrap(api.POST('/v1/forms', { body }))
}
export function removeForm(id: string) {
  return unwrap<unknown>(api.DELETE('/v1/forms/{id}', { params: { path: { id } } }))
}
export function setProvider(input: { provider: ProviderName; body: Schemas['ProviderInput'] }) {
  const { provider, body } = input
  return unwrap(api.PUT('/v1/providers/{provider}', { params: { path: { provider } }, body }))
}
