import { keptKey } from '@/api/keep'
import { lifecycleKey } from '@/api/lifecycle'
import { useChange } from '@/components/useChange'

/** Changes what is kept, says so, and reads it again; marks on charts are part of the report. */
export function useKeep<In, Out>(
  change: (input: In) => Promise<Out>,
  said: string,
  then?: (out: Out) => void,
) {
  return useChange(change, said, [keptKey, lifecycleKey], then)
}
