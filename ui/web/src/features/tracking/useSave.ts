import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import { trackingKey } from '@/api/tracking'
import { useToast } from '@/components/Toasts'

/** Changes something of the page, says so, and reads the page again. */
export function useSave<In, Out>(
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
      await client.invalidateQueries({ queryKey: trackingKey })
    },
  })
  const error = mutation.error
  const problem = mutation.isError ? (isApiError(error) && error.message) || t('error.title') : null
  return { ...mutation, problem }
}
