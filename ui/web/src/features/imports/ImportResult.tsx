import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { cancelImport, importOptions, isMoving, isRunning } from '@/api/imports'
import { renewContacts } from '@/api/renew'
import { sawWrite } from '@/api/seen'
import { segmentsKey } from '@/api/segments'
import type { ImportJob } from '@/api/types'
import { ErrorState, Skeleton } from '@/components/states'
import { useToast } from '@/components/Toasts'
import { useProblem } from '@/components/useProblem'
import { useFormat } from '@/lib/useFormat'
import { Counts } from './Counts'
import { LaterChanges } from './LaterChanges'
import { UndoButton, UndoState } from './Undo'

export function ImportResult({ id, zone, onAgain }: { id: string; zone: string; onAgain: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(importOptions(id))
  useRenew(query.data)
  if (query.isPending) return <Skeleton height={200} />
  if (query.isError) {
    return (
      <ErrorState error={query.error} kept={t('import.keptError')} onRetry={() => void query.refetch()} />
    )
  }
  const job = query.data
  return (
    <div className="stack" style={{ gap: 24 }}>
      <About job={job} zone={zone} />
      {isRunning(job) ? <Progress job={job} /> : <Counts job={job} />}
      {job.state === 'failed' && <p role="alert">{job.error ?? t('import.failed')}</p>}
      {job.state === 'cancelled' && <p role="status">{t('import.cancelled')}</p>}
      {job.undo && <UndoState undo={job.undo} zone={zone} />}
      {!isRunning(job) && (
        <div className="row">
          <Button component={Link} to="/">
            {t('import.toReport')}
          </Button>
          <Button variant="default" onClick={onAgain}>
            {t('import.another')}
          </Button>
          {job.can_undo && <UndoButton job={job} />}
        </div>
      )}
      {job.state === 'done' && !job.dry_run && <LaterChanges id={job.id} zone={zone} />}
    </div>
  )
}

/** Once its rows are written or taken back, whatever shows contacts or offers their values is read again. */
function useRenew(job: ImportJob | undefined) {
  const client = useQueryClient()
  const seq = job && !isMoving(job) ? job.seq : undefined
  useEffect(() => {
    if (seq === undefined) return
    sawWrite(client, seq)
    void renewContacts(client)
    void client.invalidateQueries({ queryKey: segmentsKey })
  }, [client, seq])
}

/** Which file this was, when, and how its stages were meant. */
function About({ job, zone }: { job: ImportJob; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div>
      <h2>{job.name}</h2>
      <p className="caption">
        {format.moment(job.created_at, zone)} ({zone}) ·{' '}
        {t('import.modeSays', {
          mode: t(`import.modes.${job.mode}`),
          text: t(`import.modeMeant.${job.mode}`),
        })}
      </p>
    </div>
  )
}

export function Progress({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const problem = useProblem()
  const client = useQueryClient()
  const toast = useToast()
  const cancel = useMutation({
    mutationFn: () => cancelImport(job.id),
    onSuccess: () => client.invalidateQueries({ queryKey: importOptions(job.id).queryKey }),
    onError: (error) => toast(problem.text(error)),
  })
  const format = useFormat()
  return (
    <div className="stack" role="status">
      <p>
        {job.rows_total
          ? t('import.progress', { done: format.number(job.rows_done), rows: format.number(job.rows_total) })
          : t('import.running')}
      </p>
      <progress
        aria-label={t('import.running')}
        style={{ width: '100%', maxWidth: 480, accentColor: 'var(--accent)' }}
        max={job.rows_total ?? undefined}
        value={job.rows_total ? job.rows_done : undefined}
      />
      <p className="caption">{t('import.mayLeave')}</p>
      <div>
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('import.cancel')}
        </Button>
      </div>
    </div>
  )
}
