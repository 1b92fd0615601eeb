import type { QueryClient } from '@tanstack/react-query'

const key = ['seen'] as const

/** Remembers a write, so that what is read next includes it: filters read projected data, which comes after. */
export function sawWrite(client: QueryClient, seq: number) {
  client.setQueryData<number>(key, (before) => Math.max(before ?? 0, seq))
}

/** The last write that this page made; undefined before the first. */
export function seenSeq(client: QueryClient): number | undefined {
  return client.getQueryData<number>(key)
}
