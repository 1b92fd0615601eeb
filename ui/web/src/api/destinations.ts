import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, idempotent, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Destination = Schemas['DestinationAnswer']
export type DestinationInput = Schemas['DestinationInput']
export type Kind = Schemas['DestinationKind']
export type Setting = Schemas['Field']
export type EventChoice = Schemas['EventChoice']
export type Pair = Schemas['Pair']
export type Trial = Schemas['TrialAnswer']
export type EventDelivery = Schemas['EventDelivery']
export type DeliveryState = EventDelivery['state']

/** How often it is asked what became of what waits. */
const SOON = 5_000

/** Everything of destinations is read again after any change of them. */
export const destinationsKey = ['destinations'] as const

export const kindsOptions = queryOptions({
  queryKey: ['destination-kinds'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/destinations/kinds', { signal })),
  staleTime: Infinity,
})
export const destinationsOptions = queryOptions({
  queryKey: [...destinationsKey, 'list'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/destinations', { signal })),
  refetchInterval: ({ state }) => (state.data?.items?.some(({ waiting }) => waiting > 0) ? SOON : false),
})
export function deliveriesOptions(id: string, state: DeliveryState | '') {
  return infiniteQueryOptions({
    queryKey: [...destinationsKey, id, 'deliveries', state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(state && { state }), ...(pageParam && { cursor: pageParam }) }
      return unwrap(api.GET('/v1/destinations/{id}/deliveries', { params: { path: { id }, query }, signal }))
    },
    getNextPageParam: (last) => last.next,
    refetchInterval: (query) => {
      const all = query.state.data?.pages.flatMap((page) => page.items ?? [])
      return all?.some((one) => one.state === 'waiting') ? SOON : false
    },
  })
}
export function deliveryOptions(id: string) {
  return queryOptions({
    queryKey: [...destinationsKey, 'delivery', id],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/deliveries/{id}', { params: { path: { id } }, signal })),
  })
}

export function addDestination(body: DestinationInput) {
  return unwrap(api.POST('/v1/destinations', { params: { header: idempotent() }, body }))
}
export function editDestination({ id, body }: { id: string; body: DestinationInput }) {
  return unwrap(api.PATCH('/v1/destinations/{id}', { params: { path: { id } }, body }))
}
export function removeDestination(id: string) {
  return unwrap<unknown>(api.DELETE('/v1/destinations/{id}', { params: { path: { id } } }))
}
/** What would be sent; of one that is there, what is kept of it fills what the draft does not say. */
export function previewDestination(input: {
  id?: string
  draft: DestinationInput
  event: EventChoice['event']
}) {
  const { id, draft, event } = input
  if (!id) return unwrap(api.POST('/v1/destinations/preview', { body: { draft, event } }))
  return unwrap(
    api.POST('/v1/destinations/{id}/preview', { params: { path: { id } }, body: { draft, event } }),
  )
}
export function testDestination(input: { id: string; contact: string; event: EventChoice['event'] }) {
  const { id, contact, event } = input
  const body = { event, ...(contact && { contact }) }
  return unwrap(
    api.POST('/v1/destinations/{id}/test', { params: { path: { id }, header: idempotent() }, body }),
  )
}
export function replayDelivery(id: string) {
  return unwrap(api.POST('/v1/deliveries/{id}/replay', { params: { path: { id }, header: idempotent() } }))
}
export function replayDestination(id: string) {
  return unwrap(api.POST('/v1/destinations/{id}/replay', { params: { path: { id }, header: idempotent() } }))
}
