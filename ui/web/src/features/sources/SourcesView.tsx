import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '@/api/live'
import type { Sources } from '@/api/sources'
import { sourcesKey, sourcesOptions } from '@/api/sources'
import { EmptyState, Skeleton } from '@/components/states'
import { ReportFrame } from '@/features/lifecycle/ReportFrame'
import { Cards } from './Cards'
import { isEmpty } from './model'
import { Notices } from './Notices'
import { Reading } from './Reading'
import type { SourceSearch } from './search'
import { path } from './search'
import { SourceSentence } from './SourceSentence'
import { SourceTabs } from './SourceTabs'
import { SourceTable } from './SourceTable'

const route = getRouteApi('/app/sources')
const TrendSection = lazy(() => import('./TrendSection'))
const ContactsPanel = lazy(() => import('./ContactsPanel'))

/** Where contacts come from, and what of it pays. */
export default function SourcesView() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (next: SourceSearch) => void navigate({ search: next, resetScroll: false })
  const query = useQuery(sourcesOptions(search))
  useLive(sourcesKey)
  return (
    <ReportFrame
      title={t('nav.sources')}
      tabs={<SourceTabs />}
      sentence={<SourceSentence search={search} report={query.data} onChange={setSearch} />}
      query={query}
      height={720}
      panel={(report) =>
        search.column &&
        search.row && (
          <Suspense>
            <ContactsPanel
              search={search}
              column={search.column}
              row={search.row}
              report={report}
              onClose={() => setSearch({ ...search, column: undefined, row: undefined })}
            />
          </Suspense>
        )
      }
    >
      {(report) => <Body report={report} search={search} onChange={setSearch} />}
    </ReportFrame>
  )
}

interface BodyProps {
  report: Sources
  search: SourceSearch
  onChange: (next: SourceSearch) => void
}

function Body({ report, search, onChange }: BodyProps) {
  if (isEmpty(report)) return <Nothing search={search} onChange={onChange} />
  return (
    <>
      <Notices notices={report.notices} />
      <Cards report={report} />
      <Reading report={report} />
      <SourceTable report={report} search={search} onChange={onChange} />
      <Suspense fallback={<Skeleton height={420} />}>
        <TrendSection report={report} search={search} onChange={onChange} />
      </Suspense>
    </>
  )
}

/** Nothing came, or nothing is known of where from: then tracking is what is missing. */
function Nothing({ search, onChange }: Omit<BodyProps, 'report'>) {
  const { t } = useTranslation()
  if (path(search).length > 0) {
    const bare: SourceSearch = {
      preset: search.preset,
      from: search.from,
      to: search.to,
      model: search.model,
    }
    return (
      <EmptyState title={t('sources.noneWithin')} text={t('sources.noneWithinText')}>
        <Button onClick={() => onChange(bare)}>{t('sources.all')}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('sources.none')} text={t('sources.noneText')}>
      <div className="row">
        <Button component={Link} to="/settings/tracking">
          {t('sources.setUp')}
        </Button>
        <Button
          variant="subtle"
          onClick={() => onChange({ ...search, preset: 'this_year', from: undefined, to: undefined })}
        >
          {t('empty.reportWiden')}
        </Button>
      </div>
    </EmptyState>
  )
}
