import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'

/** Everything that filters say and offer. */
export const segmentsKey = ['segments'] as const

/** The fields that filters can name, with their operators and known values. */
export const fieldsOptions = queryOptions({
  queryKey: [...segmentsKey, 'fields'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/segments/fields', { signal })),
  staleTime: 60_000,
})

/** A filter as somebody wrote it: a text, or the JSON form of the builder. */
export type Written = { text: string } | { json: unknown }

export function isWritten(written: Written): boolean {
  return 'text' in written ? written.text.trim() !== '' : written.json !== undefined
}

/** What a filter means in plain words, both its forms, or what is wrong and where. */
export function checkOptions(written: Written) {
  return queryOptions({
    queryKey: [...segmentsKey, 'check', written],
    queryFn: ({ signal }) => unwrap(api.POST('/v1/segments/check', { body: written, signal })),
    enabled: isWritten(written),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}
