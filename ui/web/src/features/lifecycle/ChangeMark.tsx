import { useTranslation } from 'react-i18next'
import { useFormat } from '@/lib/useFormat'
import css from './FigureCards.module.css'
import type { Verdict } from './model'

interface Props {
  verdict: Verdict
  /** Relative; of rates the difference in points is shown instead. */
  difference: number | null
  points: number | null
}

/** How a figure changed, by arrow, sign and word: which way is better depends on the figure. */
export function ChangeMark({ verdict, difference, points }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const amount = points ?? difference ?? 0
  const arrow = verdict === 'same' ? '→' : amount > 0 ? '↑' : '↓'
  const shown =
    points !== null ? t('change.points', { points: format.points(points) }) : format.change(difference ?? 0)
  return (
    <span data-verdict={verdict} className={css.verdict}>
      <span aria-hidden="true">{arrow} </span>
      {verdict === 'same' ? t('change.same') : `${shown} ${t(`change.${verdict}`)}`}
    </span>
  )
}
