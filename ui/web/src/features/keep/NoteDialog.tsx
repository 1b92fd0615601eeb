import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addNote } from '@/api/keep'
import { KeepDialog } from './KeepDialog'
import { useKeep } from './useKeep'

export function NoteDialog({ today, onClose }: { today: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [day, setDay] = useState(today)
  const [text, setText] = useState('')
  const add = useKeep(addNote, t('keep.noted'), onClose)
  return (
    <KeepDialog
      title={t('keep.note')}
      text={t('keep.noteText')}
      submit={t('keep.noteDo')}
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
