import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sources } from '@/api/sources'
import { sourcesHref } from '@/api/sources'
import { ColumnChooser } from '@/components/ColumnChooser'
import { DataTable } from '@/components/DataTable'
import { ExportMenu } from '@/components/ExportMenu'
import { Section } from '@/components/states'
import { useShownColumns } from '@/features/views/useShownColumns'
import { useSourceColumns } from './columns'
import { rowName } from './model'
import type { SourceSearch } from './search'

interface Props {
  report: Sources
  search: SourceSearch
  onChange: (next: SourceSearch) => void
}

const HIDDEN = [
  'visitors',
  'submissions',
  'lead_form',
  'lead_call',
  'lead_chat',
  'lead_other',
  'contacts',
  'customers',
  'opportunities',
  'value_per_lead',
  'roi',
  'clicks',
  'impressions',
]

/** A row for each value of the level; a name opens into what is within it, a number into its contacts. */
export function SourceTable({ report, search, onChange }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const columns = useSourceColumns(report, search, onChange)
  const { shown, visible, choose } = useShownColumns('sources', columns, HIDDEN)
  const title = t('sources.table', { level: t(`sources.level.${report.level}`) })
  return (
    <Section
      id="rows"
      title={title}
      text={t(report.by === 'cohort' ? 'sources.tableCohort' : 'sources.tableText')}
      tools={
        <>
          <ColumnChooser title={title} all={columns} shown={shown} onChange={choose} />
          <ExportMenu
            title={title}
            table={box}
            csv={sourcesHref(search, 'csv')}
            parquet={sourcesHref(search, 'parquet')}
          />
        </>
      }
    >
      <div ref={box}>
        <DataTable label={title} columns={visible} rows={report.rows} rowKey={rowName} />
      </div>
    </Section>
  )
}
