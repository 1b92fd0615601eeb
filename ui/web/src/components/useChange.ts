import type { QueryKey } from '@tanstack/react-query'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useToast } from '@/components/Toasts'
import { useProblem } from '@/components/useProblem'

/** Changes something, says so unless there is nothing to say, and reads again what shows it. */
export function useChange<In, Out>(
  change: (input: In) => Promise<Out>,
  said: string,
  shownBy: readonly QueryKey[],
  then?: (out: Out) => void,
) {
  const toast = useToast()
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: change,
    onSuccess: async (out) => {
      if (said) toast(said)
      then?.(out)
      for (const queryKey of shownBy) await client.invalidateQueries({ queryKey })
    },
  })
  const words = useProblem()
  const fault = (name: string) => words.field(mutation.error, name)
  const problem = mutation.isError ? words.text(mutation.error) : null
  return { ...mutation, fault, problem }
}
