import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { About } from './CallOut'
import { CallOut } from './CallOut'
import css from './DataTable.module.css'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

type SortValue = number | string | null | undefined

export interface Column<Row> {
  id: string
  header: string
  /** Explains the column on hover. */
  hint?: string
  /** What the column tells, why it matters, and an example from its own rows. */
  about?: About
  /** Words align left, numbers right. */
  numeric?: boolean
  /** Long words may break. */
  wrap?: boolean
  /** What to sort by; values that do not exist come last either way. */
  sort?: (row: Row) => SortValue
  cell: (row: Row) => ReactNode
  total?: ReactNode
}

interface Props<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** As wide as its words need, not as the page. */
  snug?: boolean
}

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b))
}

const MARK = { asc: '▲', desc: '▼' } as const
const ARIA = { asc: 'ascending', desc: 'descending' } as const

/** A table that sorts on every column and scrolls inside itself, its first column staying in view. */
export function DataTable<Row extends object>({ label, columns, rows, rowKey, snug }: Props<Row>) {
  const { t } = useTranslation()
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return helper.columns(
      columns.map((column) =>
        helper.accessor((row) => column.sort?.(row) ?? undefined, {
          id: column.id,
          header: column.header,
          enableSorting: column.sort !== undefined,
          sortUndefined: 'last',
          sortDescFirst: column.numeric ?? false,
          sortFn: (a, b, id) => compare(a.getValue<SortValue>(id), b.getValue<SortValue>(id)),
        }),
      ),
    )
  }, [columns])
  const table = useTable({ features, columns: defs, data: rows, getRowId: rowKey })
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const className = (column: Column<Row> | undefined) =>
    [column?.numeric ? css.right : '', column?.wrap ? css.wrap : ''].join(' ').trim() || undefined
  // What scrolls must be reachable by keyboard, also where no head or cell is.
  const scrollable = columns.some((column) => column.sort)
    ? {}
    : { tabIndex: 0, role: 'region', 'aria-label': label }

  return (
    <div className={css.scroll} {...scrollable}>
      <table className={snug ? `${css.table} ${css.snug}` : css.table}>
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {table.getFlatHeaders().map((header) => {
              const column = byId.get(header.column.id)
              const sorted = header.column.getIsSorted()
              return (
                <th
                  key={header.id}
                  scope="col"
                  title={column?.hint}
                  aria-sort={sorted ? ARIA[sorted] : undefined}
                  className={[className(column), sorted ? css.sorted : ''].join(' ').trim() || undefined}
                >
                  <span className={css.head}>
                    {header.column.getCanSort() ? (
                      <button
                        type="button"
                        className={css.sort}
                        onClick={header.column.getToggleSortingHandler()}
                        aria-label={t('table.sortBy', { column: column?.header ?? '' })}
                      >
                        <span>{column?.header}</span>
                        <span className={css.mark} aria-hidden="true">
                          {sorted ? MARK[sorted] : '▾'}
                        </span>
                      </button>
                    ) : (
                      <span className={css.plain}>{column?.header}</span>
                    )}
                    {column?.about && <CallOut small title={column.header} about={column.about} />}
                  </span>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {columns.map((column, i) =>
                i === 0 ? (
                  <th key={column.id} scope="row" className={className(column)}>
                    <span className={css.first}>{column.cell(row.original)}</span>
                  </th>
                ) : (
                  <td key={column.id} className={className(column)}>
                    {column.cell(row.original)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {columns.some((column) => column.total !== undefined) && (
          <tfoot>
            <tr>
              {columns.map((column, i) =>
                i === 0 ? (
                  <th key={column.id} scope="row">
                    {column.total}
                  </th>
                ) : (
                  <td key={column.id} className={className(column)}>
                    {column.total}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
