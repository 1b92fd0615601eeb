import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, idempotent, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Cost = Schemas['CostItem']
export type Rate = Schemas['RateItem']
export type Saved = Schemas['RecordChangesOutput']

export const costsKey = ['costs'] as const
export const ratesKey = ['rates'] as const
/** What shows costs: their list, and the report of sources. */
export const shownByCosts = [costsKey, ['sources']] as const

const PAGE = 200

export function costsOptions(from: string, to: string) {
  return infiniteQueryOptions({
    queryKey: [...costsKey, from, to],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = { from, to, limit: PAGE, ...(pageParam && { cursor: pageParam }) }
      return unwrap(api.GET('/v1/costs', { params: { query }, signal }))
    },
    getNextPageParam: (last) => last.next,
  })
}
export const ratesOptions = queryOptions({
  queryKey: ratesKey,
  queryFn: ({ signal }) => unwrap(api.GET('/v1/rates', { signal })),
})

/** Each replaces what was said of the same day and source. */
export function saveCosts(body: Cost[]) {
  return unwrap(api.POST('/v1/costs', { params: { header: idempotent() }, body }))
}
export function removeCost({ day, source, sub_source, medium, campaign, ad_group, ad, keyword }: Cost) {
  const query = { day, source, sub_source, medium, campaign, ad_group, ad, keyword }
  return unwrap(api.DELETE('/v1/costs', { params: { query } }))
}
export function setRates(body: Rate[]) {
  return unwrap(api.PUT('/v1/rates', { body }))
}
