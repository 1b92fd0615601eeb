import { QueryCache, QueryClient } from '@tanstack/react-query'
import { isApiError } from './problem'
import { sessionOptions } from './session'

/** Retries only what may pass by itself: a lost connection or a busy server, not a refusal. */
function worthRetrying(failures: number, error: unknown): boolean {
  const passing = isApiError(error) && (error.status === 0 || error.status >= 502)
  return passing && failures < 2
}

export function createQueryClient(onUnauthenticated: () => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (!isApiError(error, 401) || query.queryKey === sessionOptions.queryKey) return
        client.removeQueries({ queryKey: sessionOptions.queryKey })
        onUnauthenticated()
      },
    }),
    // The server may be this machine, or one of the house: whether there is an internet says nothing of it.
    defaultOptions: {
      queries: { networkMode: 'always', retry: worthRetrying, staleTime: 5_000 },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  return client
}
