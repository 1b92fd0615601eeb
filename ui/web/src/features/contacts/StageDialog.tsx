import { Button, Modal, NativeSelect, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesOptions } from '@/api/stages'
import type { Contact, Stage } from '@/api/types'
import { useProblem } from '@/components/useProblem'
import type { ContactActions } from './useContactActions'

const KINDS = ['progress', 'won', 'beyond', 'lost', 'aside'] as const

/** The stages to choose from, by kind, with none at the end. */
export function useStageChoices(stages: Stage[], none: string) {
  const { t } = useTranslation()
  const groups = KINDS.map((kind) => ({
    group: t(`stages.kind.${kind}`),
    items: stages
      .filter((stage) => stage.kind === kind && !stage.archived)
      .map((stage) => ({ value: stage.id, label: [stage.emoji, stage.name].filter(Boolean).join(' ') })),
  }))
  return [...groups.filter((group) => group.items.length > 0), { value: '', label: none }]
}

interface Props {
  contact: Contact
  move: ContactActions['move']
  onClose: () => void
}

export function StageDialog({ contact, move, onClose }: Props) {
  const { t } = useTranslation()
  const problem = useProblem()
  const { data } = useQuery(stagesOptions)
  const [stage, setStage] = useState(contact.stage?.id ?? '')
  const [note, setNote] = useState('')
  const choices = useStageChoices(data?.items ?? [], t('contacts.no.stage'))
  const target = data?.items.find((one) => one.id === stage)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    move.mutate({ stage: stage || null, note: note.trim() || undefined }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('contact.setStage')}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <form onSubmit={submit} className="stack">
        <NativeSelect
          label={t('contacts.stage')}
          data-autofocus
          value={stage}
          onChange={(event) => setStage(event.currentTarget.value)}
          data={choices}
        />
        <p className="caption">{target?.kind === 'lost' ? t('contact.countsLost') : t('contact.counts')}</p>
        <Textarea
          label={target?.kind === 'lost' ? t('contact.noteLost') : t('contact.note')}
          rows={3}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {move.isError && <p role="alert">{problem.text(move.error)}</p>}
        <Button type="submit" loading={move.isPending} disabled={stage === (contact.stage?.id ?? '')}>
          {t('contact.move')}
        </Button>
      </form>
    </Modal>
  )
}
