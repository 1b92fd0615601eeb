import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLive } from '@/api/live'
import type { Opportunities } from '@/api/opportunities'
import { opportunitiesKey, opportunitiesOptions } from '@/api/opportunities'
import { isApiError } from '@/api/problem'
import { EmptyState, ErrorState, Skeleton } from '@/components/states'
import { LifecycleOff } from '@/features/lifecycle/LifecycleOff'
import lifecycle from '@/features/lifecycle/Lifecycle.module.css'
import { chips } from '@/features/lifecycle/search'
import { useTitle } from '@/lib/useTitle'
import { BarSection } from './BarSection'
import { Cards } from './Cards'
import { Reading } from './Reading'
import type { OpportunitySearch } from './search'
import { asReport } from './search'
import { OpportunitySentence } from './OpportunitySentence'
import { StageTable } from './StageTable'

const route = getRouteApi('/app/opportunities')

/** The journeys that are open, or were on a day: how many, where, and what they are worth. */
export default function OpportunitiesView() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (next: OpportunitySearch) => void navigate({ search: next, resetScroll: false })
  const query = useQuery(opportunitiesOptions(search))
  useLive(opportunitiesKey)
  useTitle(t('nav.opportunities'))
  if (isApiError(query.error) && query.error.code === 'lifecycle_disabled') return <LifecycleOff />
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('nav.opportunities')}</h1>
      </header>
      <OpportunitySentence search={search} report={query.data} onChange={setSearch} />
      {query.isPending && <Skeleton height={640} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <div
          className={lifecycle.body}
          data-stale={query.isPlaceholderData || undefined}
          aria-busy={query.isPlaceholderData}
        >
          <Body report={query.data} search={search} onChange={setSearch} />
        </div>
      )}
    </div>
  )
}

interface BodyProps {
  report: Opportunities
  search: OpportunitySearch
  onChange: (next: OpportunitySearch) => void
}

function Body({ report, search, onChange }: BodyProps) {
  const { t } = useTranslation()
  if (report.totals.count === 0) return <NoneOpen search={search} onChange={onChange} />
  return (
    <>
      {report.notices.length > 0 && (
        <ul className={lifecycle.notices} aria-label={t('notices')}>
          {report.notices.map((notice) => (
            <li key={notice.kind}>
              {t(`opportunity.notice.${notice.kind as 'present_values'}`, { count: notice.count ?? 0 })}
            </li>
          ))}
        </ul>
      )}
      <Cards report={report} />
      <Reading report={report} />
      <BarSection report={report} search={search} onChange={onChange} />
      <StageTable report={report} search={search} />
    </>
  )
}

function NoneOpen({ search, onChange }: Omit<BodyProps, 'report'>) {
  const { t } = useTranslation()
  const filtered = chips(asReport(search)).length > 0
  return (
    <EmptyState
      title={t(filtered ? 'empty.filteredTitle' : 'opportunity.none')}
      text={t(filtered ? 'opportunity.noneFiltered' : 'opportunity.noneText')}
    >
      {filtered || search.at ? (
        <Button onClick={() => onChange({ group_by: search.group_by })}>{t('opportunity.showAll')}</Button>
      ) : (
        <Button component={Link} to="/import">
          {t('empty.reportImport')}
        </Button>
      )}
    </EmptyState>
  )
}
