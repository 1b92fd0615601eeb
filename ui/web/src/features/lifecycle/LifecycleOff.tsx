import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { lifecycleKey } from '@/api/lifecycle'
import { enableLifecycle, sessionOptions } from '@/api/session'
import { EmptyState } from '@/components/states'
import { useProblem } from '@/components/useProblem'

/** Reports are off in this workspace; changes are still logged, so switching on loses nothing. */
export function LifecycleOff() {
  const { t } = useTranslation()
  const problem = useProblem()
  const client = useQueryClient()
  const enable = useMutation({
    mutationFn: enableLifecycle,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionOptions.queryKey })
      await client.resetQueries({ queryKey: lifecycleKey })
    },
  })
  return (
    <div className="page">
      <h1>{t('nav.lifecycle')}</h1>
      <EmptyState title={t('off.title')} text={t('off.text')}>
        <Button loading={enable.isPending} onClick={() => enable.mutate()}>
          {t('off.switchOn')}
        </Button>
        {enable.isError && <p role="alert">{problem.text(enable.error)}</p>}
      </EmptyState>
    </div>
  )
}
