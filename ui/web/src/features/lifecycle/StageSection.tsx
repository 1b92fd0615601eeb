import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportStage } from '@/api/types'
import { CsvLink } from '@/components/CsvLink'
import { DataTable } from '@/components/DataTable'
import { Section } from '@/components/states'
import type { ReportSearch } from './search'
import { useStageColumns } from './stageColumns'
import { stageRows } from './stageModel'

export function StageSection({ stages, search }: { stages: ReportStage[]; search: ReportSearch }) {
  const { t } = useTranslation()
  const rows = useMemo(() => stageRows(stages), [stages])
  const columns = useStageColumns()
  return (
    <Section
      id="stages"
      title={t('stage.title')}
      text={t('stage.text')}
      tools={<CsvLink table="stages" search={search} name={t('stage.title')} />}
    >
      <DataTable label={t('stage.title')} columns={columns} rows={rows} rowKey={(row) => row.id} />
    </Section>
  )
}
