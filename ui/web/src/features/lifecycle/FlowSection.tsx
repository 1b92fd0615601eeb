import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportStage } from '@/api/types'
import { CsvLink } from '@/components/CsvLink'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Section } from '@/components/states'
import { Behind } from '@/features/explain/Behind'
import { useFormat } from '@/lib/useFormat'
import css from './Lifecycle.module.css'
import type { ReportSearch } from './search'
import type { FlowRow } from './stageModel'
import { flowRows } from './stageModel'

const PARTS = [
  ['forward', 'var(--won)'],
  ['back', 'var(--stage-from)'],
  ['lost', 'var(--lost)'],
  ['left', 'var(--left)'],
  ['still_there', 'var(--open)'],
] as const

/** What every stay in a stage ended with: the five ways out add up to the entries. */
export function FlowSection({ stages, search }: { stages: ReportStage[]; search: ReportSearch }) {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = useMemo(() => flowRows(stages), [stages])
  const columns = useMemo<Column<FlowRow>[]>(
    () => [
      { id: 'stage', header: t('stage.name'), cell: (row) => row.name },
      {
        id: 'entries',
        header: t('flow.entries'),
        hint: t('flow.entriesHint'),
        numeric: true,
        sort: (row) => row.flow.entries,
        cell: (row) => (
          <Behind selection={{ visited: row.id }} count={row.flow.entries}>
            {format.number(row.flow.entries)}
          </Behind>
        ),
      },
      { id: 'bar', header: t('flow.shares'), cell: (row) => <FlowBar row={row} /> },
      ...PARTS.map(([part]) => ({
        id: part,
        header: t(`flow.${part}`),
        numeric: true,
        sort: (row: FlowRow) => row.flow[part],
        cell: (row: FlowRow) => (
          <Behind selection={{ flow: `${row.id}:${part}` }} count={row.flow[part]}>
            {format.number(row.flow[part])}
          </Behind>
        ),
      })),
    ],
    [t, format],
  )
  if (rows.length === 0) return null
  return (
    <Section
      id="flow"
      title={t('flow.title')}
      text={t('flow.text')}
      tools={<CsvLink table="flow" search={search} name={t('flow.title')} />}
    >
      <DataTable label={t('flow.title')} columns={columns} rows={rows} rowKey={(row) => row.id} />
    </Section>
  )
}

function FlowBar({ row }: { row: FlowRow }) {
  return (
    <span className={css.flowBar} aria-hidden="true">
      {PARTS.filter(([part]) => row.flow[part] > 0).map(([part, color]) => (
        <span key={part} style={{ flex: `${row.flow[part]} 0 0`, background: color }} />
      ))}
    </span>
  )
}
