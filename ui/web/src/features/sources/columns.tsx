import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SourceColumn, SourceFigures, SourceRow, Sources } from '@/api/sources'
import type { Column } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { FEW } from '@/features/lifecycle/model'
import { CellBar } from '@/features/lifecycle/CellBar'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import type { AboutId } from './about'
import { ABOUT, useColumnAbout } from './about'
import { columnKey, groupOf, rowName } from './model'
import type { SourceSearch } from './search'
import { within } from './search'
import css from './Sources.module.css'

type Value = number | null
type Of = (f: SourceFigures) => Value
interface Shape {
  id: string
  of: Of
  show: (value: number) => string
  /** The contacts behind a cell, where there are any. */
  behind?: SourceColumn
  /** Credited by a model, so that another one may say otherwise. */
  credited?: boolean
}

export function useSourceColumns(
  report: Sources,
  search: SourceSearch,
  onChange: (next: SourceSearch) => void,
): Column<SourceRow>[] {
  const { t } = useTranslation()
  const shapes = useShapes(report)
  const about = useColumnAbout(report)
  const groupName = useGroupName(report.level)
  return useMemo(() => {
    const nameOf = (row: SourceRow) => groupName(groupOf(row))
    const most = Math.max(1, ...report.rows.map((row) => row.leads.all))
    const name: Column<SourceRow> = {
      id: 'name',
      header: t(`sources.level.${report.level}`),
      wrap: true,
      sort: nameOf,
      cell: (row) => <Name label={nameOf(row)} inner={within(search, row.value ?? '')} onOpen={onChange} />,
      total: t('table.total'),
    }
    const open = (row: string, shape: Shape, value: Value, text: ReactNode) =>
      shape.behind && value ? (
        <button
          type="button"
          className={css.behind}
          onClick={() => onChange({ ...search, column: shape.behind, row })}
        >
          {text}
        </button>
      ) : (
        text
      )
    const number = (shape: Shape): Column<SourceRow> => ({
      id: shape.id,
      header: t(`sources.column.${columnKey(shape.id as 'visits')}`),
      about: ABOUT.includes(shape.id as AboutId) ? about(shape.id as AboutId) : undefined,
      numeric: true,
      sort: shape.of,
      cell: (row) => {
        const value = shape.of(row)
        const shown = open(
          rowName(row),
          shape,
          value,
          <Cell value={value} shape={shape} row={row} report={report} />,
        )
        return shape.id === 'leads' ? <CellBar part={row.leads.all / most}>{shown}</CellBar> : shown
      },
      total: open(
        'total',
        shape,
        shape.of(report.totals),
        <Shown value={shape.of(report.totals)} shape={shape} />,
      ),
    })
    return [name, ...shapes.map(number)]
  }, [t, report, search, onChange, shapes, about, groupName])
}

function useShapes(report: Sources): Shape[] {
  const format = useFormat()
  const money = useMoney(report.currency)
  return useMemo(() => {
    const decimal = (n: number) => format.number(Math.round(n * 10) / 10)
    const ratio = (n: number) => format.decimal(n, 2)
    const counted = (id: string, of: Of, behind?: SourceColumn): Shape => ({
      id,
      of,
      show: decimal,
      behind,
      credited: true,
    })
    const paid = (id: string, of: Of): Shape => ({ id, of, show: money })
    return [
      { id: 'visits', of: (f) => f.visits, show: format.number },
      { id: 'visitors', of: (f) => f.visitors, show: format.number },
      counted('submissions', (f) => f.submissions, 'submissions'),
      counted('leads', (f) => f.leads.all, 'leads'),
      counted('lead_form', (f) => f.leads.form, 'lead_form'),
      counted('lead_call', (f) => f.leads.call, 'lead_call'),
      counted('lead_chat', (f) => f.leads.chat, 'lead_chat'),
      counted('lead_other', (f) => f.leads.other, 'lead_other'),
      { id: 'visit_to_lead', of: (f) => f.visit_to_lead, show: format.rate },
      counted('contacts', (f) => f.contacts, 'contacts'),
      counted('customers', (f) => f.customers, 'customers'),
      { id: 'lead_to_customer', of: (f) => f.lead_to_customer, show: format.rate },
      counted('opportunities', (f) => f.opportunities, 'opportunities'),
      counted('new_customers', (f) => f.new_customers, 'new_customers'),
      counted('sales', (f) => f.sales, 'sales'),
      { ...paid('revenue', (f) => f.revenue), behind: 'revenue', credited: true },
      paid('cost', (f) => f.cost),
      paid('cost_per_lead', (f) => f.cost_per_lead),
      paid('value_per_lead', (f) => f.value_per_lead),
      paid('cac', (f) => f.cac),
      { id: 'roas', of: (f) => f.roas, show: ratio },
      { id: 'roi', of: (f) => f.roi, show: format.rate },
      { id: 'clicks', of: (f) => f.clicks, show: format.number },
      { id: 'impressions', of: (f) => f.impressions, show: format.number },
    ]
  }, [format, money])
}

function Name({
  label,
  inner,
  onOpen,
}: {
  label: string
  inner: SourceSearch | null
  onOpen: (next: SourceSearch) => void
}) {
  const { t } = useTranslation()
  if (!inner) return label
  return (
    <button
      type="button"
      className={css.open}
      onClick={() => onOpen(inner)}
      title={t('sources.open', { name: label })}
    >
      {label}
    </button>
  )
}

function Shown({ value, shape }: { value: Value; shape: Shape }) {
  const { t } = useTranslation()
  return value === null ? <Nothing reason={t('sources.nothing')} /> : shape.show(value)
}

/** A number, under it what the other model says, and a warning where a rate is of few. */
function Cell({
  value,
  shape,
  row,
  report,
}: {
  value: Value
  shape: Shape
  row: SourceRow
  report: Sources
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const also = report.also?.[0]
  const said = also && shape.credited ? shape.of(row.models?.[also] ?? row) : null
  const other = said === value ? null : said
  const band =
    shape.id === 'visit_to_lead'
      ? row.visit_to_lead_interval
      : shape.id === 'lead_to_customer'
        ? row.lead_to_customer_interval
        : null
  const few =
    shape.id === 'visit_to_lead' ? row.visits < FEW : shape.id === 'lead_to_customer' && row.leads.all < FEW
  const [low, high] = band ?? []
  return (
    <span
      title={
        low !== undefined && high !== undefined
          ? t('card.interval', { low: format.rate(low), high: format.rate(high) })
          : undefined
      }
    >
      <span className={few && value !== null ? 'muted' : undefined}>
        <Shown value={value} shape={shape} />
      </span>
      {few && value !== null && <span className={css.under}>{t('sources.few')}</span>}
      {also && other !== null && (
        <span className={css.under}>
          {t('sources.otherSays', { model: t(`sources.modelShort.${also}`), value: shape.show(other) })}
        </span>
      )}
    </span>
  )
}
