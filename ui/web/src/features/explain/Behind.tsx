import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { use } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Explain.module.css'
import { NumbersOnly } from './numbersOnly'
import type { Selection } from './selection'
import { writeSelection } from './selection'

interface Props {
  selection: Selection
  /** How many journeys there are; of none there is nothing to open. */
  count: number | null | undefined
  children: ReactNode
  /** For what is drawn instead of written, the words of the link. */
  label?: string
  className?: string
}

/** A number of the report that opens the journeys behind it. */
export function Behind({ selection, count, children, label, className }: Props) {
  const { t } = useTranslation()
  const numbersOnly = use(NumbersOnly)
  if (!count || numbersOnly) return className ? <span className={className}>{children}</span> : children
  return (
    <Link
      from="/"
      to="/"
      search={(before) => ({ ...before, explain: writeSelection(selection) })}
      resetScroll={false}
      preload={false}
      className={className ?? css.behind}
      title={label ?? t('explain.open')}
      aria-label={label}
    >
      {children}
    </Link>
  )
}
