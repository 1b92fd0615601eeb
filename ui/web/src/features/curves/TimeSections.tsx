import type { LifecycleReport } from '@/api/types'
import type { ReportSearch } from '@/features/lifecycle/search'
import { CurvesSection } from './CurvesSection'
import { ForecastSection } from './ForecastSection'
import { HistogramSection } from './HistogramSection'

interface Props {
  report: LifecycleReport
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

/** What time does to the journeys: when they are won and lost, how long it takes, what is still to come. */
export default function TimeSections(props: Props) {
  return (
    <>
      <CurvesSection search={props.search} onChange={props.onChange} />
      <HistogramSection {...props} />
      <ForecastSection search={props.search} />
    </>
  )
}
