import type { ReactNode } from 'react'
import css from './Door.module.css'

/** The frame of the pages before the sign-in. */
export function Door({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={css.door}>
      <div className={css.sheet}>
        <p className={css.brand}>
          <img src="/favicon.svg" alt="" width="32" height="32" />
          <span translate="no">Tidemark</span>
        </p>
        <h1>{title}</h1>
        <p className="muted">{text}</p>
        {children}
      </div>
    </main>
  )
}
