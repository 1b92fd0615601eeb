import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { About } from '@/components/CallOut'
import { CallOut } from '@/components/CallOut'
import css from '@/features/lifecycle/FigureCards.module.css'
import { useFormat } from '@/lib/useFormat'

interface Props {
  id: string
  title: string
  about: About
  value: string
  /** Against what it is compared with; null where that is nothing. */
  change: number | null
  compared: boolean
  /** More is neither better nor worse. */
  neutral?: boolean
  foot: ReactNode[]
}

/** A figure of all rows with its difference and what is made of it. */
export function FigureCard({ id, title, about, value, change, compared, neutral, foot }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const verdict =
    change === null || neutral || Math.abs(change) < 0.0005 ? undefined : change > 0 ? 'better' : 'worse'
  return (
    <li className={css.card} aria-labelledby={`card-${id}`}>
      <div className={css.head}>
        <h2 id={`card-${id}`} className={css.title}>
          {title}
        </h2>
        <CallOut title={title} about={about} />
      </div>
      <p className={css.figure}>{value}</p>
      <p className={css.change}>
        {change === null ? (
          t(compared ? 'change.nothing' : 'change.notCompared')
        ) : (
          <span className={css.verdict} data-verdict={verdict}>
            <span aria-hidden="true">{change > 0.0005 ? '↑' : change < -0.0005 ? '↓' : '→'} </span>
            {format.change(change)} {verdict && t(`change.${verdict}`)}
          </span>
        )}
      </p>
      <p className={css.foot}>
        {foot.map((line, i) => (
          <span key={i}>{line}</span>
        ))}
      </p>
    </li>
  )
}
