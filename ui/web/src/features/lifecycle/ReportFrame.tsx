import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import { ErrorState, Skeleton } from '@/components/states'
import { useTitle } from '@/lib/useTitle'
import css from './Lifecycle.module.css'
import { LifecycleOff } from './LifecycleOff'

interface Props<R> {
  title: string
  /** Beside the title. */
  tabs?: ReactNode
  sentence: ReactNode
  query: UseQueryResult<R>
  /** About the height of what is to come. */
  height: number
  children: (report: R) => ReactNode
  /** Over the page, once there is a report. */
  panel?: (report: R) => ReactNode
}

/** The frame of a page of one report: its title and sentence, then what became of asking for it. */
export function ReportFrame<R>({ title, tabs, sentence, query, height, children, panel }: Props<R>) {
  const { t } = useTranslation()
  useTitle(title)
  if (isApiError(query.error) && query.error.code === 'lifecycle_disabled') return <LifecycleOff />
  return (
    <div className="page">
      <header className="page-head">
        <h1>{title}</h1>
        {tabs}
      </header>
      {sentence}
      {query.isPending && <Skeleton height={height} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <div
          className={css.body}
          data-stale={query.isPlaceholderData || undefined}
          aria-busy={query.isPlaceholderData}
        >
          {children(query.data)}
        </div>
      )}
      {query.data && panel?.(query.data)}
    </div>
  )
}
