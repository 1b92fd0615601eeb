import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage, StageKind } from '@/api/types'
import { fullOrder, placed } from './model'
import { gripId, StageItem } from './StageItem'
import css from './Stages.module.css'
import { useDrag } from './useDrag'
import type { StageActions } from './useStageActions'

interface Props {
  kind: StageKind
  /** Those of this kind in use, in order. */
  stages: Stage[]
  all: Stage[]
  actions: StageActions
  onEdit: (stage: Stage) => void
  onRemove: (stage: Stage) => void
}

/** The stages of one kind. Their order is changed by dragging or with arrow keys, and told to screen readers. */
export function StageList({ kind, stages, all, actions, onEdit, onRemove }: Props) {
  const { t } = useTranslation()
  const [told, setTold] = useState('')
  const refocus = useRef('')
  const ids = stages.map((stage) => stage.id)
  const put = (stage: Stage, to: number) => {
    const next = placed(ids, stage.id, to)
    if (!next) return
    actions.order.mutate({ kind, ids: fullOrder(all, kind, next) })
    setTold(t('stages.moved', { name: stage.name, place: to + 1, of: ids.length }))
  }
  const drag = useDrag((from, to) => {
    const stage = stages[from]
    if (stage) put(stage, to)
  })
  // The browser drops the focus of a row that moves in the page.
  useLayoutEffect(() => {
    if (refocus.current) document.getElementById(refocus.current)?.focus()
    refocus.current = ''
  }, [stages])
  return (
    <>
      <ol ref={drag.list} className={css.list} data-dragging={drag.dragged !== undefined || undefined}>
        {stages.map((stage, i) => (
          <StageItem
            key={stage.id}
            stage={stage}
            place={i}
            of={stages.length}
            grip={drag.grip(i)}
            shift={drag.shift(i)}
            dragged={drag.dragged === i}
            onMove={(by) => {
              refocus.current = gripId(stage)
              put(stage, i + by)
            }}
            onEdit={() => onEdit(stage)}
            onRemove={() => onRemove(stage)}
          />
        ))}
      </ol>
      <p className="sr-only" role="status">
        {told}
      </p>
    </>
  )
}
