import type { QueryClient } from '@tanstack/react-query'
import { lifecycleOptions } from '@/api/lifecycle'
import type { ReportSearch } from './search'

interface Entering {
  context: { client: QueryClient }
  search: ReportSearch
  cause: 'preload' | 'enter' | 'stay'
}

/** Asks for the numbers while the page that shows them is still on its way, and for its lower part. */
export function askAhead({ context, search, cause }: Entering): void {
  if (cause !== 'enter') return
  void context.client.prefetchQuery(lifecycleOptions(search))
  void import('./Below')
}
