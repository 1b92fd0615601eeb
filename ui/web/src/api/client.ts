import createClient from 'openapi-fetch'
import type { paths } from './schema'
import { ApiError, toApiError } from './problem'
import { queryString } from './query'

/** Files are fetched by address, never by this client: what it reads is JSON. */
export const api = createClient<paths, `application/${string}json`>({
  baseUrl: typeof location === 'undefined' ? '/' : location.origin,
  querySerializer: (query) => queryString(query as Record<string, unknown>),
})

interface Outcome<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer's data, or an ApiError; a dead connection is an ApiError with status 0. */
export async function unwrap<T>(call: Promise<Outcome<T>>): Promise<T> {
  const outcome = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(0, {})
  })
  if (!outcome.response.ok) throw toApiError(outcome.response.status, outcome.error)
  return outcome.data as T
}

/** A repeated click or retry of the same intent is answered once. */
export function idempotent(): { 'Idempotency-Key': string } {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return { 'Idempotency-Key': Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('') }
}
