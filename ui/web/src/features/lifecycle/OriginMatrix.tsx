import type { CSSProperties } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { Behind } from '@/features/explain/Behind'
import type { Selection } from '@/features/explain/selection'
import { useFormat } from '@/lib/useFormat'
import css from './Lifecycle.module.css'
import type { Matrix } from './lossModel'
import { largestCell } from './lossModel'
import { ReportTable } from './ReportTable'
import type { ReportSearch } from './search'

type Row = Matrix['rows'][number]

/** Where losses come from (rows) and the reason given (columns); the fuller a cell, the deeper its tint. */
export function OriginMatrix({ grid, search }: { grid: Matrix; search: ReportSearch }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = useMemo<Column<Row>[]>(
    () => [
      { id: 'origin', header: t('matrix.origin'), cell: (row) => row.name, total: t('table.total') },
      ...grid.columns.map((column, i) => ({
        id: column.id,
        header: column.name,
        numeric: true,
        sort: (row: Row) => row.cells[i],
        cell: (row: Row) => (
          <Cell
            count={row.cells[i] ?? 0}
            peak={grid.peak}
            selection={{ origin: row.id, lost_stage: column.id }}
          />
        ),
        total: (
          <span className={css.tint}>
            <Behind selection={{ lost_stage: column.id }} count={column.total}>
              {format.number(column.total)}
            </Behind>
          </span>
        ),
      })),
      {
        id: 'total',
        header: t('table.total'),
        numeric: true,
        sort: (row) => row.total,
        cell: (row) => (
          <Behind selection={{ outcome: 'lost', origin: row.id }} count={row.total}>
            {format.number(row.total)}
          </Behind>
        ),
        total: (
          <Behind selection={{ outcome: 'lost' }} count={grid.total}>
            {format.number(grid.total)}
          </Behind>
        ),
      },
    ],
    [grid, t, format],
  )
  const fullest = largestCell(grid)
  const about = {
    tells: t('about.matrix.tells'),
    matters: t('about.matrix.matters'),
    example: t('about.matrix.example', { ...fullest, count: format.number(fullest.count) }),
  }
  return (
    <ReportTable
      id="origins"
      title={t('matrix.title')}
      text={t('matrix.text')}
      about={about}
      columns={columns}
      rows={grid.rows}
      rowKey={(row) => row.id}
      table="origins"
      search={search}
      snug
      fixed
    />
  )
}

function Cell({ count, peak, selection }: { count: number; peak: number; selection: Selection }) {
  const format = useFormat()
  const part = peak > 0 && count > 0 ? 6 + (count / peak) * 34 : 0
  return (
    <span
      className={`${css.tint} ${count === 0 ? 'muted' : ''}`}
      style={{ '--part': `${part}%` } as CSSProperties}
    >
      <Behind selection={selection} count={count}>
        {format.number(count)}
      </Behind>
    </span>
  )
}
