import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveReport } from '@/api/keep'
import { KeepDialog } from './KeepDialog'
import { useKeep } from './useKeep'

const VISIBLE = ['all', 'me'] as const

export function SaveDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [visible, setVisible] = useState<(typeof VISIBLE)[number]>('all')
  const save = useKeep(saveReport, t('keep.saved', { name }), onClose)
  return (
    <KeepDialog
      title={t('keep.save')}
      text={t('keep.saveText')}
      submit={t('keep.saveDo')}
      pending={save.isPending}
      problem={save.fault('name') ? null : save.problem}
      onSubmit={() => save.mutate({ name, description, visible, query })}
      onClose={onClose}
    >
      <TextInput
        label={t('keep.name')}
        data-autofocus
        maxLength={200}
        value={name}
        error={save.fault('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('keep.description')}
        rows={2}
        maxLength={2000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('keep.visible')}
        value={visible}
        data={VISIBLE.map((value) => ({ value, label: t(`keep.visibleTo.${value}`) }))}
        onChange={(event) => setVisible(event.currentTarget.value === 'me' ? 'me' : 'all')}
      />
    </KeepDialog>
  )
}
