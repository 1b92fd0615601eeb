import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type SavedReport = Schemas['SavedReportAnswer']
export type Share = Schemas['ShareAnswer']
export type Note = Schemas['NoteAnswer']
export type Digest = Schemas['DigestAnswer']
export type Alert = Schemas['AlertAnswer']
export type Delivery = Schemas['DeliveryAnswer']
export type NewDigest = Schemas['DigestInput']
export type NewAlert = Schemas['AlertInput']

/** Everything that was kept is read again after any change of it. */
export const keptKey = ['kept'] as const

export const savedOptions = queryOptions({
  queryKey: [...keptKey, 'saved'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/reports/saved', { signal })),
})
export const sharesOptions = queryOptions({
  queryKey: [...keptKey, 'shares'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/shares', { signal })),
})
export const notesOptions = queryOptions({
  queryKey: [...keptKey, 'notes'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/notes', { signal })),
})
export const digestsOptions = queryOptions({
  queryKey: [...keptKey, 'digests'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/digests', { signal })),
})
export const alertsOptions = queryOptions({
  queryKey: [...keptKey, 'alerts'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/alerts', { signal })),
})
/** What was sent lately; a message on its way changes by itself. */
export const deliveriesOptions = queryOptions({
  queryKey: [...keptKey, 'deliveries'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/deliveries', { params: { query: { limit: 20 } }, signal })),
  refetchInterval: 10_000,
})

/** A report for whoever has its link; opening it is counted, so it is read once. */
export function sharedOptions(token: string) {
  return queryOptions({
    queryKey: ['shared', token],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/shared/{token}', { params: { path: { token } }, signal })),
    staleTime: Infinity,
    retry: false,
  })
}

export function saveReport(body: Schemas['SavedReportInput']) {
  return unwrap(api.POST('/v1/reports/saved', { body }))
}
export function shareReport(body: Schemas['AddShareInput']) {
  return unwrap(api.POST('/v1/shares', { body }))
}
export function addNote(body: Schemas['NoteInput']) {
  return unwrap(api.POST('/v1/notes', { body }))
}
export function addDigest(body: NewDigest) {
  return unwrap(api.POST('/v1/digests', { body }))
}
export function addAlert(body: NewAlert) {
  return unwrap(api.POST('/v1/alerts', { body }))
}
/** What is changed of something kept; the rest of it stays. */
interface Edit<Body> {
  id: string
  body: Body
}

export function editReport({ id, body }: Edit<Schemas['SavedReportInput']>) {
  return unwrap(api.PATCH('/v1/reports/saved/{id}', { params: { path: { id } }, body }))
}
export function editNote({ id, body }: Edit<Schemas['NoteInput']>) {
  return unwrap(api.PATCH('/v1/notes/{id}', { params: { path: { id } }, body }))
}
export function editDigest({ id, body }: Edit<NewDigest>) {
  return unwrap(api.PATCH('/v1/digests/{id}', { params: { path: { id } }, body }))
}
export function editAlert({ id, body }: Edit<NewAlert>) {
  return unwrap(api.PATCH('/v1/alerts/{id}', { params: { path: { id } }, body }))
}
export function sendDigest(id: string) {
  return unwrap(api.POST('/v1/digests/{id}/send', { params: { path: { id } } }))
}

const REMOVE = {
  report: (id: string) => api.DELETE('/v1/reports/saved/{id}', { params: { path: { id } } }),
  share: (id: string) => api.DELETE('/v1/shares/{id}', { params: { path: { id } } }),
  note: (id: string) => api.DELETE('/v1/notes/{id}', { params: { path: { id } } }),
  digest: (id: string) => api.DELETE('/v1/digests/{id}', { params: { path: { id } } }),
  alert: (id: string) => api.DELETE('/v1/alerts/{id}', { params: { path: { id } } }),
}
export type KeptKind = keyof typeof REMOVE

export function removeKept({ kind, id }: { kind: KeptKind; id: string }) {
  return unwrap<unknown>(REMOVE[kind](id))
}
