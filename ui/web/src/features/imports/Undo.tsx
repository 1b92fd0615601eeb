import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { importOptions, undoImport } from '@/api/imports'
import { lifecycleKey } from '@/api/lifecycle'
import type { ImportJob, ImportUndo } from '@/api/types'
import { useProblem } from '@/components/useProblem'
import { useFormat } from '@/lib/useFormat'

/** Asks once, says what it takes back, and starts the undo of an import. */
export function UndoButton({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const problem = useProblem()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const undo = useMutation({
    mutationFn: () => undoImport(job.id),
    onSuccess: async (next) => {
      client.setQueryData(importOptions(job.id).queryKey, next)
      setAsking(false)
      await client.invalidateQueries({ queryKey: ['imports'] })
      await client.invalidateQueries({ queryKey: lifecycleKey })
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('import.undo')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('import.undoTitle', { name: job.name })}
        transitionProps={{ duration: 100 }}
        closeButtonProps={{ 'aria-label': t('help.close') }}
      >
        <div className="stack">
          <p>{t('import.undoText')}</p>
          <p className="muted">{t('import.undoKeeps')}</p>
          {undo.isError && <p role="alert">{problem.text(undo.error)}</p>}
          <div className="row">
            <Button loading={undo.isPending} onClick={() => undo.mutate()}>
              {t('import.undo')}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('stages.cancel')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}

/** How far an undo is, and in the end what it took back and what it left. */
export function UndoState({ undo, zone }: { undo: ImportUndo; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const done = undo.finished_at !== null
  const counted = (key: 'removed' | 'kept' | 'withdrawn', count: number) =>
    t(`import.undone.${key}`, { count, number: format.number(count) })
  return (
    <div className="stack" style={{ gap: 8 }} role="status">
      <h2>{done ? t('import.undone.title') : t('import.undoing')}</h2>
      {!done && (
        <>
          <p>
            {t('import.undoProgress', {
              done: format.number(undo.contacts_done),
              total: format.number(undo.contacts_total),
            })}
          </p>
          <progress
            aria-label={t('import.undoing')}
            style={{ width: '100%', maxWidth: 480, accentColor: 'var(--accent)' }}
            max={Math.max(1, undo.contacts_total)}
            value={undo.contacts_done}
          />
        </>
      )}
      <p>
        {counted('removed', undo.contacts_removed)} {counted('withdrawn', undo.changes_withdrawn)}{' '}
        {undo.contacts_kept > 0 && counted('kept', undo.contacts_kept)}
      </p>
      <p className="caption">
        {format.moment(undo.finished_at ?? undo.started_at, zone)}
        {undo.actor.name && ` · ${t('timeline.by', { who: undo.actor.name })}`}
      </p>
    </div>
  )
}
