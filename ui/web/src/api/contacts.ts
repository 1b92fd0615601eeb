import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, idempotent, unwrap } from './client'
import type { Contact, ContactFields, NewStageOfContact } from './types'

const PAGE = 50

export function contactsOptions(q: string) {
  return infiniteQueryOptions({
    queryKey: ['contacts', { q }],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/v1/contacts', {
          params: { query: { q: q || undefined, cursor: pageParam, limit: PAGE } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
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
