import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { lifecycleKey, lifecycleOptions } from '@/api/lifecycle'
import { useLive } from '@/api/live'
import { isApiError } from '@/api/problem'
import { sessionOptions } from '@/api/session'
import type { LifecycleReport } from '@/api/types'
import { Icon } from '@/components/Icon'
import { EmptyState, ErrorState, Skeleton, toolClass } from '@/components/states'
import { useTitle } from '@/lib/useTitle'
import { useFormat } from '@/lib/useFormat'
import css from './Lifecycle.module.css'
import { FunnelSection } from './FunnelSection'
import { Identity } from './Identity'
import { FigureCards } from './FigureCards'
import { Guidance } from './Guidance'
import { LifecycleOff } from './LifecycleOff'
import { LifecycleSkeleton } from './LifecycleSkeleton'
import { Notices } from './Notices'
import { RangeSentence } from './RangeSentence'
import { ReadingLine } from './ReadingLine'
import type { ReportSearch } from './search'
import { chips, withDays, withoutFilters } from './search'

const route = getRouteApi('/app/')
const Below = lazy(() => import('./Below'))
const KeepMenu = lazy(() => import('@/features/keep/KeepMenu'))
const ExplainPanel = lazy(() => import('@/features/explain/ExplainPanel'))

export default function LifecycleView() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (next: ReportSearch) => void navigate({ search: next, resetScroll: false })
  const query = useQuery(lifecycleOptions(search))
  const live = useLive(lifecycleKey)
  const format = useFormat()
  useTitle(t('nav.lifecycle'))

  if (isApiError(query.error) && query.error.code === 'lifecycle_disabled') return <LifecycleOff />
  return (
    <div className="page">
      <div>
        <header className="page-head">
          <h1>{t('nav.lifecycle')}</h1>
          <p className={`caption ${css.live}`} data-state={live} role="status">
            {query.data &&
              t(live === 'live' ? 'live.on' : 'live.polling', {
                time: format.clock(query.data.as_of, query.data.range.time_zone),
                zone: query.data.range.time_zone,
              })}
          </p>
          <Suspense fallback={<KeepPlace />}>
            <KeepMenu search={search} today={query.data?.as_of.slice(0, 10) ?? ''} />
          </Suspense>
        </header>
      </div>
      <RangeSentence search={search} report={query.data} onChange={setSearch} />
      {query.isPending && <LifecycleSkeleton />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
      )}
      {query.isError && query.data && (
        <p role="alert" className={css.notice}>
          {t('error.stale')}
        </p>
      )}
      {query.data && (
        <div
          className={css.body}
          data-stale={query.isPlaceholderData || undefined}
          aria-busy={query.isPlaceholderData}
        >
          {query.data.summary.entered === 0 ? (
            <NoJourneys search={search} onChange={setSearch} />
          ) : (
            <Body report={query.data} search={search} onChange={setSearch} />
          )}
        </div>
      )}
      {search.explain && (
        <Suspense>
          <ExplainPanel
            search={search}
            explain={search.explain}
            onClose={() => setSearch({ ...search, explain: undefined })}
          />
        </Suspense>
      )}
    </div>
  )
}

/** As large as the menu that comes, so that nothing moves. */
function KeepPlace() {
  const { t } = useTranslation()
  return (
    <span className={toolClass} style={{ visibility: 'hidden' }}>
      <Icon name="download" size={16} />
      {t('keep.menu')}
    </span>
  )
}

interface BodyProps {
  report: LifecycleReport
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

function Body({ report, search, onChange }: BodyProps) {
  return (
    <>
      <Notices report={report} />
      <FigureCards report={report} />
      <div className={css.answer}>
        <ReadingLine report={report} />
        <Identity report={report} />
        <Guidance report={report} />
      </div>
      <FunnelSection report={report} by={search.group_by} />
      <Suspense fallback={<Skeleton height={900} />}>
        <Below report={report} search={search} onChange={onChange} />
      </Suspense>
    </>
  )
}

function NoJourneys({ search, onChange }: { search: ReportSearch; onChange: (next: ReportSearch) => void }) {
  const { t } = useTranslation()
  const session = useQuery(sessionOptions)
  if (chips(search).length > 0) {
    return (
      <EmptyState title={t('empty.filteredTitle')} text={t('empty.filteredText')}>
        <Button onClick={() => onChange(withoutFilters(search))}>{t('filter.clear')}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={t('empty.reportTitle')}
      text={t('empty.reportText', { workspace: session.data?.workspace.name ?? '' })}
    >
      <div className="row">
        <Button component={Link} to="/import">
          {t('empty.reportImport')}
        </Button>
        <Button variant="subtle" onClick={() => onChange(withDays(search, { preset: 'this_year' }))}>
          {t('empty.reportWiden')}
        </Button>
      </div>
    </EmptyState>
  )
}
