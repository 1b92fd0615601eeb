import type { StageRef } from '@/api/types'
import css from './StageTag.module.css'

/** A stage's name with the mark of its kind: teal won, orange lost, grey aside. */
export function StageTag({ stage }: { stage: StageRef }) {
  return (
    <span className={css.tag} data-kind={stage.kind}>
      {stage.emoji ? `${stage.emoji} ` : ''}
      {stage.name}
    </span>
  )
}
