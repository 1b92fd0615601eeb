import type { CSSProperties, ReactNode, UIEvent } from 'react'
import { useEffect, useState } from 'react'
import css from './VirtualTable.module.css'

export interface VirtualColumn<Row> {
  id: string
  header: ReactNode
  /** Words align left, numbers right. */
  numeric?: boolean
  width: number
  /** The column that names the row. */
  head?: boolean
  sorted?: 'ascending' | 'descending'
  cell: (row: Row) => ReactNode
}

interface Props<Row> {
  label: string
  columns: VirtualColumn<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  selected?: (row: Row) => boolean
  /** All there are, where it is known. */
  total?: number
  /** The end of what is loaded comes into view. */
  onEnd: () => void
}

const ROW = 41
const SPARE = 12

/** Which rows of a scrolled box are drawn: those in view and a few around. */
export function drawn(top: number, height: number, count: number): [number, number] {
  const from = Math.max(0, Math.floor(top / ROW) - SPARE)
  return [Math.min(from, count), Math.min(count, Math.ceil((top + height) / ROW) + SPARE)]
}

function classOf({ numeric, head }: { numeric?: boolean; head?: boolean }) {
  return [numeric && css.right, head && css.head].filter(Boolean).join(' ') || undefined
}

/** A table of any length that draws only the rows in view, all of one height. */
export function VirtualTable<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, selected, total, onEnd } = props
  const [box, setBox] = useState({ top: 0, height: 800 })
  const [from, to] = drawn(box.top, box.height, rows.length)
  const onScroll = (event: UIEvent<HTMLDivElement>) => {
    const { scrollTop, clientHeight } = event.currentTarget
    setBox({ top: scrollTop, height: clientHeight })
  }
  useEffect(() => {
    if (to >= rows.length) onEnd()
  }, [to, rows.length, onEnd])
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const style = { '--row': `${ROW}px`, '--width': `${width}px` } as CSSProperties
  return (
    // A region that scrolls must be reachable by keyboard.
    <div
      className={css.scroll}
      style={style}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table className={css.table} aria-rowcount={total === undefined ? -1 : total + 1}>
        <caption className="sr-only">{label}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.id} scope="col" aria-sort={column.sorted} className={classOf(column)}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {from > 0 && <tr aria-hidden="true" style={{ height: from * ROW }} />}
          {rows.slice(from, to).map((row, i) => (
            <tr key={rowKey(row)} aria-rowindex={from + i + 2} data-selected={selected?.(row) || undefined}>
              {columns.map((column) => {
                const Cell = column.head ? 'th' : 'td'
                return (
                  <Cell key={column.id} scope={column.head ? 'row' : undefined} className={classOf(column)}>
                    {column.cell(row)}
                  </Cell>
                )
              })}
            </tr>
          ))}
          {to < rows.length && <tr aria-hidden="true" style={{ height: (rows.length - to) * ROW }} />}
        </tbody>
      </table>
    </div>
  )
}
