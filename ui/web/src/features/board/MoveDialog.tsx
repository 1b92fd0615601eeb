import { Button, Modal, NativeSelect, Textarea } from '@mantine/core'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BoardColumn, Contact } from '@/api/types'
import { useProblem } from '@/components/useProblem'
import { useCalled } from '@/lib/useCalled'
import { columnId, direction } from './model'

interface Props {
  card: Contact
  to: BoardColumn
  columns: BoardColumn[]
  move: { isPending: boolean; error: Error | null }
  onMove: (to: BoardColumn, note: string) => void
  onClose: () => void
}

/** Where to, what that means, and why. */
export function MoveDialog({ card, to, columns, move, onMove, onClose }: Props) {
  const { t } = useTranslation()
  const called = useCalled()
  const problem = useProblem()
  const [id, setId] = useState(columnId(to))
  const [note, setNote] = useState('')
  const target = columns.find((column) => columnId(column) === id) ?? to
  const way = direction(card.stage, target.stage)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onMove(target, note.trim())
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('board.moveTitle', { name: called(card) })}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <form className="stack" onSubmit={submit}>
        <NativeSelect
          label={t('contacts.stage')}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
          data={columns.map((column) => ({
            value: columnId(column),
            label: column.stage?.name ?? t('contacts.no.stage'),
          }))}
        />
        <p className="caption">{t(`board.way.${way}`)}</p>
        <Textarea
          label={way === 'lost' ? t('contact.noteLost') : t('contact.note')}
          data-autofocus
          rows={3}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {move.error && <p role="alert">{`${problem.text(move.error)} ${t('board.putBack')}`}</p>}
        <Button type="submit" loading={move.isPending} disabled={id === (card.stage?.id ?? 'none')}>
          {t('contact.move')}
        </Button>
      </form>
    </Modal>
  )
}
