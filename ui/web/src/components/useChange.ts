import type { QueryKey } from '@tanstack/react-query'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import { useToast } from '@/components/Toasts'

/** Changes something, says so unless there is nothing to say, and reads again what shows it. */
export function useChange<In, Out>(
  change: (input: In) => Promise<Out>,
  said: string,
  shownBy: readonly QueryKey[],
  then?: (out: Out) => void,
) {
  const { t } = useTranslation()
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
  const error = mutation.error
  const fault = (name: string) => (isApiError(error) ? error.field(name) : undefined)
  const problem = mutation.isError ? (isApiError(error) && error.message) || t('error.title') : null
  return { ...mutation, fault, problem }
}
