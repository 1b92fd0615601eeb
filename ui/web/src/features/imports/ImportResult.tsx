import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { importOptions, isRunning, undoImport } from '@/api/imports'
import type { ImportJob } from '@/api/types'
import { ErrorState, Skeleton } from '@/components/states'
import { useToast } from '@/components/Toasts'
import { useFormat } from '@/lib/useFormat'
import { Counts } from './Counts'

export function ImportResult({ id, onAgain }: { id: string; onAgain: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(importOptions(id))
  if (query.isPending) return <Skeleton height={200} />
  if (query.isError) {
    return (
      <ErrorState error={query.error} kept={t('import.keptError')} onRetry={() => void query.refetch()} />
    )
  }
  const job = query.data
  return (
    <div className="stack" style={{ gap: 24 }}>
      {isRunning(job) ? <Progress job={job} /> : <Counts job={job} />}
      {job.status === 'failed' && <p role="alert">{t('import.failed')}</p>}
      {!isRunning(job) && <After id={id} job={job} onAgain={onAgain} />}
    </div>
  )
}

function Progress({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="stack" role="status">
      <p>
        {job.rows
          ? t('import.progress', { done: format.number(job.done ?? 0), rows: format.number(job.rows) })
          : t('import.running')}
      </p>
      <progress
        aria-label={t('import.running')}
        style={{ width: '100%', maxWidth: 480, accentColor: 'var(--accent)' }}
        max={job.rows ?? undefined}
        value={job.rows ? (job.done ?? 0) : undefined}
      />
      <p className="caption">{t('import.mayLeave')}</p>
    </div>
  )
}

function After({ id, job, onAgain }: { id: string; job: ImportJob; onAgain: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const undo = useMutation({
    mutationFn: () => undoImport(id),
    onSuccess: async () => {
      toast(t('import.undone'))
      await client.invalidateQueries()
    },
    onError: (error) => toast(error.message || t('error.title')),
  })
  return (
    <div className="row">
      <Button component={Link} to="/">
        {t('import.toReport')}
      </Button>
      <Button variant="default" onClick={onAgain}>
        {t('import.another')}
      </Button>
      {job.status === 'done' && !undo.isSuccess && (
        <Button variant="subtle" loading={undo.isPending} onClick={() => undo.mutate()}>
          {t('import.undo')}
        </Button>
      )}
    </div>
  )
}
