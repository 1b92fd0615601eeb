import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportStage } from '@/api/types'
import { ReportTable } from './ReportTable'
import type { ReportSearch } from './search'
import { useStageAbout } from './stageAbout'
import { useStageColumns } from './stageColumns'
import { stageRows } from './stageModel'

const HIDDEN = ['mean', 'p90', 'wonLater']

export function StageSection({ stages, search }: { stages: ReportStage[]; search: ReportSearch }) {
  const { t } = useTranslation()
  const rows = useMemo(() => stageRows(stages), [stages])
  const columns = useStageAbout(useStageColumns(), rows)
  return (
    <ReportTable
      id="stages"
      title={t('stage.title')}
      text={t('stage.text')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      table="stages"
      search={search}
      hidden={HIDDEN}
    />
  )
}
