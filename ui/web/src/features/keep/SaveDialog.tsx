import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedReport } from '@/api/keep'
import { editReport, saveReport } from '@/api/keep'
import { KeepDialog } from './KeepDialog'
import { useKeep } from './useKeep'

const VISIBLE = ['all', 'me'] as const

interface Props {
  query: string
  kept?: SavedReport
  onClose: () => void
}

export function SaveDialog({ query, kept, onClose }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(kept?.name ?? '')
  const [description, setDescription] = useState(kept?.description ?? '')
  const [visible, setVisible] = useState<(typeof VISIBLE)[number]>(kept?.visible ?? 'all')
  const keep = () => {
    const body = { name, description, visible }
    return kept ? editReport({ id: kept.id, body }) : saveReport({ ...body, query })
  }
  const save = useKeep(keep, t('keep.saved', { name }), onClose)
  return (
    <KeepDialog
      title={kept ? t('keep.changing', { name: kept.name }) : t('keep.save')}
      text={t(kept ? 'keep.changeText' : 'keep.saveText')}
      submit={t(kept ? 'keep.changeDo' : 'keep.saveDo')}
      pending={save.isPending}
      problem={save.fault('name') ? null : save.problem}
      onSubmit={() => save.mutate(undefined)}
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
