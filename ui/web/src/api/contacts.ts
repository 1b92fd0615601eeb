import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, idempotent, unwrap } from './client'
import type { paths } from './schema'
import { seenSeq } from './seen'
import type { BulkFields, Contact, ContactFields, NewStageOfContact } from './types'

const PAGE = 100

export type ContactSort = NonNullable<ContactQuery['sort']>

/** Which contacts, in which order. */
export type ContactQuery = Pick<
  NonNullable<paths['/v1/contacts']['get']['parameters']['query']>,
  'q' | 'filter' | 'sort' | 'stage' | 'min_seq'
>

export const contactsKey = ['contacts'] as const

export function contactsOptions(query: ContactQuery) {
  return infiniteQueryOptions({
    queryKey: [...contactsKey, query],
    queryFn: ({ pageParam, signal, client }) => {
      const asked = { min_seq: seenSeq(client), ...query, cursor: pageParam, limit: PAGE }
      return unwrap(api.GET('/v1/contacts', { params: { query: asked }, signal }))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

/** Contacts by id, or everybody who matches a filter. */
export type Meant = { contacts: string[] } | { filter: string }

export function bulkStage(body: Meant & { stage: string | null }) {
  return unwrap(api.POST('/v1/contacts/bulk/stage', { body, headers: idempotent() }))
}

export function bulkEdit(body: Meant & { fields: BulkFields }) {
  return unwrap(api.POST('/v1/contacts/bulk/edit', { body, headers: idempotent() }))
}

/** A contact as it was read, with the tag that an edit of this version carries. */
export interface SeenContact {
  contact: Contact
  tag: string
}

async function seen(
  call: Promise<{ data?: Contact; error?: unknown; response: Response }>,
): Promise<SeenContact> {
  let tag = ''
  const contact = await unwrap(
    call.then((outcome) => {
      tag = outcome.response.headers.get('ETag') ?? ''
      return outcome
    }),
  )
  return { contact, tag }
}

export function contactOptions(id: string) {
  return queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => seen(api.GET('/v1/contacts/{id}', { params: { path: { id } }, signal })),
  })
}

/** Refused with 412 when somebody changed the contact after `tag`. */
export function editContact(id: string, body: ContactFields, tag: string): Promise<SeenContact> {
  return seen(api.PATCH('/v1/contacts/{id}', { params: { path: { id }, header: { 'If-Match': tag } }, body }))
}

/** Both are one from then on; refused with 412 when the one kept was changed after `tag`. */
export function mergeContacts({ keep, drop, tag }: { keep: string; drop: string; tag: string }) {
  return unwrap(
    api.POST('/v1/contacts/merge', {
      params: { header: { 'If-Match': tag } },
      body: { keep, drop },
      headers: idempotent(),
    }),
  )
}

/** Nothing brings the contact back. */
export function eraseContact(id: string, tag: string) {
  return unwrap(api.DELETE('/v1/contacts/{id}', { params: { path: { id }, header: { 'If-Match': tag } } }))
}

/** Everything that is known of one person, as a file. */
export function exportHref(id: string): string {
  return `/v1/contacts/${encodeURIComponent(id)}/export`
}

/** By hand, in the name of who is signed in: counted as a move. */
export function setStage({ id, ...body }: NewStageOfContact & { id: string }) {
  return unwrap(
    api.POST('/v1/contacts/{id}/stage', {
      params: { path: { id } },
      body,
      headers: idempotent(),
    }),
  )
}

export function journeysOptions(id: string) {
  return queryOptions({
    queryKey: ['contact', id, 'journeys'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/contacts/{id}/journeys', { params: { path: { id } }, signal })),
  })
}

export function timelineOptions(id: string) {
  return queryOptions({
    queryKey: ['contact', id, 'timeline'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/contacts/{id}/timeline', { params: { path: { id } }, signal })),
  })
}
