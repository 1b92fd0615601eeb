import type { ReactNode } from 'react'
import { useRef } from 'react'
import type { ReportTable as TableName } from '@/api/query'
import { fileHref } from '@/api/query'
import type { About } from '@/components/CallOut'
import { ColumnChooser } from '@/components/ColumnChooser'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { ExportMenu } from '@/components/ExportMenu'
import { Section } from '@/components/states'
import { useShownColumns } from '@/features/views/useShownColumns'
import type { ReportSearch } from './search'

interface Props<Row> {
  id: string
  title: string
  text?: ReactNode
  about?: About
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  search: ReportSearch
  /** The table as the interface names it; without one there is no file. */
  table?: TableName
  /** Columns that are not shown before somebody asks for them. */
  hidden?: readonly string[]
  snug?: boolean
  /** Its columns are the data's and not to be chosen. */
  fixed?: boolean
  tools?: ReactNode
  children?: ReactNode
}

/** A table of the report: its columns chosen, ordered and remembered, and its menu. */
export function ReportTable<Row extends object>(props: Props<Row>) {
  const { id, title, columns, search, table, hidden } = props
  const box = useRef<HTMLDivElement>(null)
  const { shown, visible, choose } = useShownColumns(`report.${id}`, columns, hidden)
  return (
    <Section
      id={id}
      title={title}
      text={props.text}
      about={props.about}
      tools={
        <>
          {props.tools}
          {!props.fixed && <ColumnChooser title={title} all={columns} shown={shown} onChange={choose} />}
          <ExportMenu
            title={title}
            table={box}
            csv={table && fileHref(table, search)}
            parquet={table && fileHref(table, search, 'parquet')}
          />
        </>
      }
    >
      {props.children}
      <div ref={box}>
        <DataTable
          label={title}
          columns={props.fixed ? columns : visible}
          rows={props.rows}
          rowKey={props.rowKey}
          snug={props.snug}
        />
      </div>
    </Section>
  )
}
