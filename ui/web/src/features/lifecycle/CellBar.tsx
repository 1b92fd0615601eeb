import type { CSSProperties, ReactNode } from 'react'
import css from './Lifecycle.module.css'

/** A share drawn as a small bar beside its number. */
export function CellBar({ part, color, children }: { part: number; color?: string; children: ReactNode }) {
  const style = { '--part': `${(part * 100).toFixed(1)}%`, '--bar-color': color } as CSSProperties
  return (
    <span className={css.cellBar} style={style}>
      <span>{children}</span>
    </span>
  )
}
