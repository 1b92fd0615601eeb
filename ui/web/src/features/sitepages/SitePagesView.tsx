import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '@/api/live'
import type { SitePages } from '@/api/sitePages'
import { sitePagesKey, sitePagesOptions } from '@/api/sitePages'
import { EmptyState } from '@/components/states'
import lifecycle from '@/features/lifecycle/Lifecycle.module.css'
import { ReportFrame } from '@/features/lifecycle/ReportFrame'
import { Notices } from '@/features/sources/Notices'
import { Words } from '@/features/sources/Reading'
import { SourceTabs } from '@/features/sources/SourceTabs'
import { Cards } from './Cards'
import { isEmpty, standsOut } from './model'
import type { SitePageSearch } from './search'
import { path } from './search'
import { SitePageSentence } from './SitePageSentence'
import { SitePageTable } from './SitePageTable'
import { useNames } from './useNames'

const route = getRouteApi('/app/sources/pages')
const ContactsPanel = lazy(() => import('./ContactsPanel'))

/** Which pages people met before a lead and before a sale. */
export default function SitePagesView() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (next: SitePageSearch) => void navigate({ search: next, resetScroll: false })
  const query = useQuery(sitePagesOptions(search))
  useLive(sitePagesKey)
  return (
    <ReportFrame
      title={t('sitePages.title')}
      tabs={<SourceTabs />}
      sentence={<SitePageSentence search={search} report={query.data} onChange={setSearch} />}
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
  report: SitePages
  search: SitePageSearch
  onChange: (next: SitePageSearch) => void
}

function Body({ report, search, onChange }: BodyProps) {
  if (isEmpty(report)) return <Empty search={search} onChange={onChange} />
  return (
    <>
      <Notices notices={report.notices} />
      <Cards report={report} />
      <Reading report={report} />
      <SitePageTable report={report} search={search} onChange={onChange} />
    </>
  )
}

/** One sentence that names what stands out. */
function Reading({ report }: { report: SitePages }) {
  const names = useNames()
  const found = standsOut(report)
  return (
    <p className={lifecycle.reading}>
      <Words of={found} name={found.kind === 'few' ? '' : names.row(report.level, found.row)} />
    </p>
  )
}

/** Nobody came, or nothing tells of it: then tracking is what is missing. */
function Empty({ search, onChange }: Omit<BodyProps, 'report'>) {
  const { t } = useTranslation()
  if (path(search).length > 0) {
    const bare = { ...search, source: undefined, page: undefined, device: undefined, country: undefined }
    return (
      <EmptyState title={t('sources.noneWithin')} text={t('sitePages.noneWithinText')}>
        <Button onClick={() => onChange(bare)}>{t('sitePages.all')}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('sitePages.empty')} text={t('sitePages.emptyText')}>
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
