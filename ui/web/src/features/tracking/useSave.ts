import { trackingKey } from '@/api/tracking'
import { useChange } from '@/components/useChange'

/** Changes something of the page, says so, and reads the page again. */
export function useSave<In, Out>(
  change: (input: In) => Promise<Out>,
  said: string,
  then?: (out: Out) => void,
) {
  return useChange(change, said, [trackingKey], then)
}
