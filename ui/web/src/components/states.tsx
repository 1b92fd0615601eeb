import { Button } from '@mantine/core'
import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import type { About } from './CallOut'
import { CallOut } from './CallOut'
import css from './states.module.css'
import { useProblem } from './useProblem'

/** What will be here and the one next step. */
export function EmptyState(props: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className={css.state}>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </div>
  )
}

/** What happened, what was kept, what to do. */
export function ErrorState({ error, kept, onRetry }: { error: unknown; kept: string; onRetry?: () => void }) {
  const { t } = useTranslation()
  const problem = useProblem()
  // Neither becomes another by trying again.
  const final = isApiError(error, 403) || isApiError(error, 404)
  return (
    <div className={css.state} role="alert">
      <h2>{useErrorTitle(error)}</h2>
      <p>{useAdvice(error) ?? `${hasReason(error) ? `${problem.text(error)} ` : ''}${kept}`}</p>
      {onRetry && !final && <Button onClick={onRetry}>{t('error.retry')}</Button>}
    </div>
  )
}

/** What to do where the server said no more than the title does. */
function useAdvice(error: unknown): string | undefined {
  const { t } = useTranslation()
  if (!isApiError(error)) return undefined
  if (error.code === 'scope_missing') return t('error.notAllowed')
  return error.code.endsWith('not_found') ? t('error.gone') : undefined
}

/** Whether the server said more than the title does. */
function hasReason(error: unknown): boolean {
  return isApiError(error) && error.message !== ''
}

function useErrorTitle(error: unknown): string {
  const { t } = useTranslation()
  if (isApiError(error, 0)) return t('error.offline')
  if (isApiError(error, 403)) return t('error.forbidden')
  if (isApiError(error, 404)) return t('error.notFound')
  if (isApiError(error, 503) && error.code === 'too_many_reports') return t('error.busy')
  if (isApiError(error, 503)) return t('error.recomputing')
  return t('error.title')
}

export function Skeleton({ height, width }: { height: number | string; width?: number | string }) {
  const style: CSSProperties = { height, width: width ?? '100%' }
  return <div className={css.skeleton} style={style} aria-hidden="true" />
}

/** A titled part of a page, with its tools (CSV, show as table) at the right. */
export function Section(props: {
  id: string
  title: string
  text?: ReactNode
  /** What it tells, why it matters, and an example. */
  about?: About
  tools?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={css.section} aria-labelledby={props.id}>
      <div className={css.head}>
        <span className={css.title}>
          <h2 id={props.id}>{props.title}</h2>
          {props.about && <CallOut title={props.title} about={props.about} />}
        </span>
        {props.tools && <div className={css.tools}>{props.tools}</div>}
      </div>
      {props.text && <p className="caption">{props.text}</p>}
      {props.children}
    </section>
  )
}

export const toolClass = css.tool
