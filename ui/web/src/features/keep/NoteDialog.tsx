import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Note } from '@/api/keep'
import { addNote, editNote } from '@/api/keep'
import { KeepDialog } from './KeepDialog'
import { useKeep } from './useKeep'

interface Props {
  /** The day that a new note begins with. */
  today: string
  kept?: Note
  onClose: () => void
}

export function NoteDialog({ today, kept, onClose }: Props) {
  const { t } = useTranslation()
  const [day, setDay] = useState(kept?.day ?? today)
  const [text, setText] = useState(kept?.text ?? '')
  const save = (body: { day: string; text: string }) =>
    kept ? editNote({ id: kept.id, body }) : addNote(body)
  const add = useKeep(save, t('keep.noted'), onClose)
  return (
    <KeepDialog
      title={kept ? t('keep.changing', { name: kept.text }) : t('keep.note')}
      text={t('keep.noteText')}
      submit={t(kept ? 'keep.changeDo' : 'keep.noteDo')}
      pending={add.isPending}
      problem={add.fault('text') || add.fault('day') ? null : add.problem}
      onSubmit={() => add.mutate({ day, text })}
      onClose={onClose}
    >
      <TextInput
        type="date"
        label={t('keep.day')}
        value={day}
        error={add.fault('day')}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <TextInput
        label={t('keep.what')}
        data-autofocus
        maxLength={500}
        value={text}
        error={add.fault('text')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </KeepDialog>
  )
}
