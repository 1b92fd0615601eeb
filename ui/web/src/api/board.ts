import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'
import { seenSeq } from './seen'

export interface BoardQuery {
  filter?: string
  q?: string
  limit?: number
}

export const boardKey = ['board'] as const

/** Contacts by stage: how many in each, and the first of them. */
export function boardOptions(query: BoardQuery) {
  return queryOptions({
    queryKey: [...boardKey, query],
    queryFn: ({ signal, client }) => {
      const asked = { ...query, min_seq: seenSeq(client) }
      return unwrap(api.GET('/v1/contacts/board', { params: { query: asked }, signal }))
    },
    placeholderData: keepPreviousData,
  })
}
