import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import type { Stage, StageKind } from '@/api/types'
import { isAddable } from './model'
import css from './Stages.module.css'
import type { StageActions } from './useStageActions'

interface Props {
  kind: StageKind
  /** null adds a new one. */
  stage: Stage | null
  actions: StageActions
  onClose: () => void
}

export function StageDialog({ kind, stage, actions, onClose }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(stage?.name ?? '')
  const [emoji, setEmoji] = useState(stage?.emoji ?? '')
  const [description, setDescription] = useState(stage?.description ?? '')
  const action = stage ? actions.edit : actions.add
  const field = (of: string) => (isApiError(action.error) ? action.error.field(of) : undefined)
  const title = stage
    ? t('stages.edit', { name: stage.name })
    : isAddable(kind)
      ? t(`stages.add.${kind}`)
      : ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const change = { name: name.trim(), description: description.trim(), emoji: emoji.trim() }
    if (stage) actions.edit.mutate({ stage, change }, { onSuccess: onClose })
    else actions.add.mutate({ ...change, kind }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <form onSubmit={submit} className="stack">
        <div className={css.names}>
          <TextInput
            label={t('stages.emoji')}
            value={emoji}
            maxLength={8}
            error={field('emoji')}
            onChange={(e) => setEmoji(e.currentTarget.value)}
          />
          <TextInput
            label={t('stages.name')}
            required
            withAsterisk={false}
            data-autofocus
            value={name}
            error={field('name')}
            onChange={(e) => setName(e.currentTarget.value)}
          />
        </div>
        <Textarea
          label={t('stages.description')}
          description={t('stages.descriptionHint')}
          rows={3}
          value={description}
          error={field('description')}
          onChange={(e) => setDescription(e.currentTarget.value)}
        />
        {action.isError && !(isApiError(action.error) && action.error.fields.length > 0) && (
          <p role="alert">{action.error.message || t('error.title')}</p>
        )}
        <Button type="submit" loading={action.isPending} disabled={name.trim() === ''}>
          {t('stages.save')}
        </Button>
      </form>
    </Modal>
  )
}
