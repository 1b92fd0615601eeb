import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { Behind } from '@/features/explain/Behind'
import type { FlowRow } from '@/features/lifecycle/stageModel'
import { useFormat } from '@/lib/useFormat'
import css from './Flow.module.css'

const PARTS = [
  ['forward', 'var(--won)'],
  ['back', 'var(--stage-from)'],
  ['lost', 'var(--lost)'],
  ['left', 'var(--left)'],
  ['still_there', 'var(--open)'],
] as const

/** What every stay in a stage ended with; the entries are written as the sum of their five parts. */
export function useFlowColumns(rows: FlowRow[]): Column<FlowRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const first = rows[0]
    const values = {
      stage: first?.name ?? '–',
      entries: format.number(first?.flow.entries ?? 0),
      forward: format.number(first?.flow.forward ?? 0),
      back: format.number(first?.flow.back ?? 0),
      lost: format.number(first?.flow.lost ?? 0),
      left: format.number(first?.flow.left ?? 0),
      still_there: format.number(first?.flow.still_there ?? 0),
    }
    const about = (id: 'entries' | (typeof PARTS)[number][0]) => ({
      tells: t(`about.flow.${id}.tells`),
      matters: t(`about.flow.${id}.matters`),
      example: t(`about.flow.${id}.example`, values),
    })
    return [
      { id: 'stage', header: t('stage.name'), cell: (row) => row.name },
      {
        id: 'entries',
        header: t('flow.entries'),
        hint: t('flow.entriesHint'),
        about: about('entries'),
        numeric: true,
        sort: (row) => row.flow.entries,
        cell: (row) => (
          <Behind selection={{ visited: row.id }} count={row.flow.entries}>
            {format.number(row.flow.entries)}
          </Behind>
        ),
      },
      { id: 'bar', header: t('flow.shares'), cell: (row) => <FlowBar row={row} /> },
      ...PARTS.map(([part], i): Column<FlowRow> => ({
        id: part,
        header: t(`flow.${part}`),
        about: about(part),
        numeric: true,
        sort: (row) => row.flow[part],
        cell: (row) => (
          <>
            <span className={css.sum} aria-hidden="true">
              {i === 0 ? '= ' : '+ '}
            </span>
            <Behind selection={{ flow: `${row.id}:${part}` }} count={row.flow[part]}>
              {format.number(row.flow[part])}
            </Behind>
          </>
        ),
      })),
    ]
  }, [t, format, rows])
}

function FlowBar({ row }: { row: FlowRow }) {
  return (
    <span className={css.bar} aria-hidden="true">
      {PARTS.filter(([part]) => row.flow[part] > 0).map(([part, color]) => (
        <span key={part} style={{ flex: `${row.flow[part]} 0 0`, background: color }} />
      ))}
    </span>
  )
}
