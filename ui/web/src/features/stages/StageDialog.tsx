import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import { kindPreviewOptions, lookAtStage } from '@/api/stages'
import type { Stage, StageKind } from '@/api/types'
import { ErrorState, Skeleton } from '@/components/states'
import { useProblem } from '@/components/useProblem'
import { Conflict } from './Conflict'
import { Effect } from './Effect'
import { isAddable } from './model'
import { StageFields } from './StageFields'
import css from './Stages.module.css'
import type { StageActions } from './useStageActions'
import type { StageWords } from './versions'
import { changes, wordsOf } from './versions'

interface Props {
  kind: StageKind
  /** null adds a new one. */
  stage: Stage | null
  actions: StageActions
  onClose: () => void
}

export function StageDialog({ kind, stage, actions, onClose }: Props) {
  const { t } = useTranslation()
  const action = stage ? actions.edit : actions.add
  const close = () => {
    action.reset()
    onClose()
  }
  const title = stage
    ? t('stages.edit', { name: stage.name })
    : isAddable(kind)
      ? t(`stages.add.${kind}`)
      : ''
  return (
    <Modal
      opened
      onClose={close}
      size={520}
      title={title}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      {stage ? (
        <EditForm stage={stage} actions={actions} onClose={close} />
      ) : (
        <AddForm kind={kind} actions={actions} onClose={close} />
      )}
    </Modal>
  )
}

function AddForm({ kind, actions, onClose }: Pick<Props, 'kind' | 'actions' | 'onClose'>) {
  const [words, setWords] = useState<StageWords>({ name: '', description: '', emoji: '', role: '', kind })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { role, ...rest } = trimmed(words)
    actions.add.mutate({ ...rest, role: asRole(role) }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit} className="stack">
      <StageFields words={words} onChange={setWords} error={actions.add.error} isNew />
      <Save error={actions.add.error} pending={actions.add.isPending} words={words} />
    </form>
  )
}

/** The role as the interface names it; its description does not list them where it is edited. */
function asRole(role: string) {
  return (['lead', 'mql', 'sql', 'opportunity', 'hand_off'] as const).find((one) => one === role)
}

function trimmed(words: StageWords): StageWords {
  return {
    ...words,
    name: words.name.trim(),
    description: words.description.trim(),
    emoji: words.emoji.trim(),
  }
}

/** Edits the stage as it was when the dialog opened; who saves second is told, and sees both versions. */
function EditForm({ stage, actions, onClose }: Pick<Props, 'actions' | 'onClose'> & { stage: Stage }) {
  const { t } = useTranslation()
  const look = useQuery({
    queryKey: ['stages', 'look', stage.id],
    queryFn: () => lookAtStage(stage.id),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  if (look.isPending) return <Skeleton height={340} />
  if (look.isError) return <ErrorState error={look.error} kept={t('error.keptPage')} />
  return (
    <Editor
      seen={look.data}
      actions={actions}
      onClose={onClose}
      onLook={async () => (await look.refetch()).data ?? look.data}
    />
  )
}

interface EditorProps {
  seen: { stage: Stage; tag: string }
  actions: StageActions
  onClose: () => void
  onLook: () => Promise<{ stage: Stage; tag: string }>
}

function Editor({ seen, actions, onClose, onLook }: EditorProps) {
  const [base, setBase] = useState({ words: wordsOf(seen.stage), tag: seen.tag })
  const [words, setWords] = useState(base.words)
  const [theirs, setTheirs] = useState<{ words: StageWords; tag: string } | null>(null)
  const { edit } = actions
  const save = (next: StageWords, from: { words: StageWords; tag: string }) => {
    const change = changes(from.words, trimmed(next))
    if (Object.keys(change).length === 0) return onClose()
    edit.mutate(
      { id: seen.stage.id, change, tag: from.tag },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (isApiError(error, 412))
            void onLook().then(({ stage, tag }) => setTheirs({ words: wordsOf(stage), tag }))
        },
      },
    )
  }
  if (theirs) {
    const settle = (next: StageWords) => {
      setBase(theirs)
      setWords(next)
      setTheirs(null)
      save(next, theirs)
    }
    return <Conflict base={base.words} mine={trimmed(words)} theirs={theirs.words} onSettle={settle} />
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        save(words, base)
      }}
    >
      <StageFields words={words} onChange={setWords} error={edit.error} />
      {words.kind !== base.words.kind && <KindEffect id={seen.stage.id} kind={words.kind} />}
      <Save error={edit.error} pending={edit.isPending} words={words} />
    </form>
  )
}

function KindEffect({ id, kind }: { id: string; kind: StageKind }) {
  const { t } = useTranslation()
  const problem = useProblem()
  const preview = useQuery(kindPreviewOptions(id, kind))
  return (
    <section className={css.effect} aria-label={t('effect.title')} aria-live="polite">
      {preview.isPending && <p className="muted">{t('effect.counting')}</p>}
      {preview.isError && <p role="alert">{problem.text(preview.error)}</p>}
      {preview.data && <Effect effect={preview.data} />}
    </section>
  )
}

function Save({ error, pending, words }: { error: Error | null; pending: boolean; words: StageWords }) {
  const { t } = useTranslation()
  const problem = useProblem()
  const told = isApiError(error) && error.fields.length > 0
  return (
    <>
      {error && !told && !isApiError(error, 412) && <p role="alert">{problem.text(error)}</p>}
      <Button type="submit" loading={pending} disabled={words.name.trim() === ''}>
        {t('stages.save')}
      </Button>
    </>
  )
}
