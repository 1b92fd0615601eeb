import type { QueryClient } from '@tanstack/react-query'
import { boardKey } from './board'
import { lifecycleKey } from './lifecycle'

/** Reads again whatever shows contacts or counts them. */
export async function renewContacts(client: QueryClient): Promise<void> {
  const keys = [['contacts'], ['contact'], ['lists'], boardKey, lifecycleKey]
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
}
