import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { keptKey } from '@/api/keep'
import { lifecycleKey } from '@/api/lifecycle'
import { isApiError } from '@/api/problem'
import { useToast } from '@/components/Toasts'

/** Changes what is kept, says so, and reads it again; marks on charts are part of the report. */
export function useKeep<In, Out>(
  change: (input: In) => Promise<Out>,
  said: string,
  then?: (out: Out) => void,
) {
  const { t } = useTranslation()
  const toast = useToast()
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: change,
    onSuccess: async (out) => {
      toast(said)
      then?.(out)
      await client.invalidateQueries({ queryKey: keptKey })
      await client.invalidateQueries({ queryKey: lifecycleKey })
    },
  })
  const error = mutation.error
  const fault = (name: string) => (isApiError(error) ? error.field(name) : undefined)
  const problem = mutation.isError ? (isApiError(error) && error.message) || t('error.title') : null
  return { ...mutation, fault, problem }
}
