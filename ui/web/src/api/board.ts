import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'

export interface BoardQuery {
  filter?: string
  q?: string
  limit?: number
  /** The board must include this write. */
  min_seq?: number
}

/** Contacts by stage: how many in each, and the first of them. */
export function boardOptions(query: BoardQuery) {
  return queryOptions({
    queryKey: ['board', query],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/contacts/board', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}
