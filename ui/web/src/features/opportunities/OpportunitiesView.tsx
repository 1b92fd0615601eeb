import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLive } from '@/api/live'
import type { Opportunities } from '@/api/opportunities'
import { opportunitiesKey, opportunitiesOptions } from '@/api/opportunities'
import { EmptyState } from '@/components/states'
import lifecycle from '@/features/lifecycle/Lifecycle.module.css'
import { ReportFrame } from '@/features/lifecycle/ReportFrame'
import { chips } from '@/features/lifecycle/search'
import { useNoticeText } from '@/features/lifecycle/useNoticeText'
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
  return (
    <ReportFrame
      title={t('nav.opportunities')}
      sentence={<OpportunitySentence search={search} report={query.data} onChange={setSearch} />}
      query={query}
      height={640}
    >
      {(report) => <Body report={report} search={search} onChange={setSearch} />}
    </ReportFrame>
  )
}

interface BodyProps {
  report: Opportunities
  search: OpportunitySearch
  onChange: (next: OpportunitySearch) => void
}

function Body({ report, search, onChange }: BodyProps) {
  const { t } = useTranslation()
  const noticeText = useNoticeText()
  if (report.totals.count === 0) return <NoneOpen search={search} onChange={onChange} />
  return (
    <>
      {report.notices.length > 0 && (
        <ul className={lifecycle.notices} aria-label={t('notices')}>
          {report.notices.map((notice) => (
            <li key={notice.kind}>{noticeText(notice)}</li>
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
