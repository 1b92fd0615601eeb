import { Button, Modal, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import type { Removal } from '@/api/stages'
import { lookAtStage, removalPreviewOptions } from '@/api/stages'
import type { DeleteMode, Stage, StagePreview } from '@/api/types'
import { Skeleton } from '@/components/states'
import { useProblem } from '@/components/useProblem'
import { useFormat } from '@/lib/useFormat'
import { Effect } from './Effect'
import { targets } from './model'
import css from './Stages.module.css'
import type { StageActions } from './useStageActions'

const MODES: DeleteMode[] = ['archive', 'merge', 'erase']

interface Props {
  stage: Stage
  stages: Stage[]
  actions: StageActions
  onClose: () => void
}

/** Takes a stage out of use: asks how, says exactly what that does to the numbers, then does it. */
export function RemoveDialog({ stage, stages, actions, onClose }: Props) {
  const { t } = useTranslation()
  const problem = useProblem()
  const [mode, setMode] = useState<DeleteMode>('archive')
  const [into, setInto] = useState<Record<'merge' | 'erase', string>>({ merge: '', erase: '' })
  const removal: Removal = { id: stage.id, mode, into: mode === 'archive' ? '' : into[mode] }
  const ready = mode !== 'merge' || removal.into !== ''
  const look = useQuery({
    queryKey: ['stages', 'look', stage.id],
    queryFn: () => lookAtStage(stage.id),
    gcTime: 0,
  })
  const preview = useQuery({ ...removalPreviewOptions(removal), enabled: ready })
  const { remove } = actions
  const again = () => {
    remove.reset()
    void look.refetch()
    void preview.refetch()
  }
  const close = () => {
    remove.reset()
    onClose()
  }
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={t('stages.removeTitle', { name: stage.name })}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <div className="stack">
        <div role="radiogroup" aria-label={t('stages.removeHow')} className={css.ways}>
          {MODES.map((one) => (
            <label key={one} className={css.way}>
              <input type="radio" name="mode" checked={one === mode} onChange={() => setMode(one)} />
              <span>
                <b>{t(`stages.way.${one}`)}</b>
                <span className="caption">{t(`stages.wayText.${one}`)}</span>
              </span>
            </label>
          ))}
        </div>
        {mode !== 'archive' && (
          <NativeSelect
            label={t(`stages.into.${mode}`)}
            value={into[mode]}
            onChange={(event) => setInto({ ...into, [mode]: event.currentTarget.value })}
            data={[
              { value: '', label: t(`stages.intoNone.${mode}`) },
              ...targets(stages, stage.id).map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        )}
        <section className={css.effect} aria-label={t('effect.title')} aria-live="polite">
          {!ready && <p className="muted">{t('stages.chooseTarget')}</p>}
          {ready && preview.isPending && <Counting />}
          {preview.isError && <p role="alert">{problem.text(preview.error)}</p>}
          {ready && preview.data && (
            <>
              <WhoIsThere stage={stage} stages={stages} removal={removal} preview={preview.data} />
              <Effect effect={preview.data} />
            </>
          )}
        </section>
        {remove.isError && (
          <p role="alert">
            {isApiError(remove.error, 412) ? t('stages.changedMeanwhile') : problem.text(remove.error)}{' '}
            <Button variant="subtle" size="compact-sm" onClick={again}>
              {t('stages.lookAgain')}
            </Button>
          </p>
        )}
        <div className={css.actions}>
          <p className="caption">{t('stages.removeUndo')}</p>
          <Button
            disabled={!preview.isSuccess || !look.data || remove.isError}
            loading={remove.isPending}
            onClick={() => remove.mutate({ removal, tag: look.data?.tag ?? '' }, { onSuccess: close })}
          >
            {t(`stages.way.${mode}`)}
          </Button>
          <Button variant="default" onClick={close}>
            {t('stages.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

function Counting() {
  const { t } = useTranslation()
  return (
    <div className="stack">
      <p className="muted">{t('effect.counting')}</p>
      <Skeleton height={260} />
    </div>
  )
}

/** What becomes of the contacts that are in the stage now. */
function WhoIsThere(props: { stage: Stage; stages: Stage[]; removal: Removal; preview: StagePreview }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { mode, into } = props.removal
  const count = props.preview.contacts_in_stage
  const target = props.stages.find((one) => one.id === into)?.name ?? ''
  if (count === 0) return <p>{t('stages.nobodyThere')}</p>
  const way = mode === 'erase' && !target ? 'eraseNowhere' : mode
  return (
    <p>
      {t(`stages.there.${way}`, {
        contacts: t('stages.contacts', { count, number: format.number(count) }),
        into: target,
      })}
    </p>
  )
}
