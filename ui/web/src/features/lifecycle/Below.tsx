import { lazy } from 'react'
import type { LifecycleReport } from '@/api/types'
import { Later } from '@/components/Later'
import { GroupSection } from './GroupSection'
import { LossSection } from './LossSection'
import { PaceSection } from './PaceSection'
import type { ReportSearch } from './search'
import { StageSection } from './StageSection'

const TrendSection = lazy(() => import('@/features/trend/TrendSection'))
const TimeSections = lazy(() => import('@/features/curves/TimeSections'))
const FlowSection = lazy(() => import('@/features/flow/FlowSection'))
const StuckSection = lazy(() => import('@/features/stuck/StuckSection'))
const CheckSection = lazy(() => import('@/features/check/CheckSection'))

interface Props {
  report: LifecycleReport
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

/** The report below its first screen: loaded after it, and drawn part by part as the reader comes near. */
export default function Below({ report, search, onChange }: Props) {
  const stages = report.stages ?? []
  return (
    <>
      {search.group_by && report.groups && report.groups.length > 0 && (
        <GroupSection report={report} by={search.group_by} search={search} onChange={onChange} />
      )}
      <StageSection stages={stages} search={search} />
      <LossSection report={report} search={search} />
      <Later height={420}>
        <TrendSection report={report} search={search} onChange={onChange} />
      </Later>
      <Later height={1080}>
        <TimeSections report={report} search={search} onChange={onChange} />
      </Later>
      <PaceSection report={report} />
      <Later height={860}>
        <FlowSection stages={stages} search={search} />
      </Later>
      <Later height={560}>
        <StuckSection search={search} />
      </Later>
      <Later height={520}>
        <CheckSection search={search} />
      </Later>
    </>
  )
}
