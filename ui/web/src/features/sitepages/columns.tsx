import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SitePageFigures, SitePageRow, SitePages } from '@/api/sitePages'
import type { Column } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { CellBar } from '@/features/lifecycle/CellBar'
import { FEW } from '@/features/lifecycle/model'
import { rowName } from '@/features/sources/model'
import css from '@/features/sources/Sources.module.css'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import type { AboutId } from './about'
import { ABOUT, useColumnAbout } from './about'
import type { PageColumn, SitePageSearch } from './search'
import { within } from './search'
import { useNames } from './useNames'

type Value = number | null

interface Shape {
  id: PageColumn | AboutId
  of: (f: SitePageFigures) => Value
  show: (value: number) => string
  /** The contacts behind a cell, where there are any. */
  behind?: PageColumn
}

export function useSitePageColumns(
  report: SitePages,
  search: SitePageSearch,
  onChange: (next: SitePageSearch) => void,
): Column<SitePageRow>[] {
  const { t } = useTranslation()
  const shapes = useShapes(report)
  const about = useColumnAbout(report)
  const names = useNames()
  return useMemo(() => {
    const most = Math.max(1, ...report.rows.map((row) => row.before_lead.people))
    const named: Column<SitePageRow> = {
      id: 'name',
      header: t(`sitePages.level.${report.level}`),
      wrap: true,
      sort: (row) => names.row(report.level, row),
      cell: (row) => {
        const label = names.row(report.level, row)
        const value = row.value
        return value === null ? (
          <span className="muted">{label}</span>
        ) : (
          <button
            type="button"
            className={css.open}
            onClick={() => onChange(within(search, value))}
            title={t('sources.open', { name: label })}
          >
            {label}
          </button>
        )
      },
      total: t('sitePages.total'),
    }
    const open = (row: string, shape: Shape, figures: SitePageFigures) => {
      const value = shape.of(figures)
      if (value === null) return <Nothing reason={t('sources.nothing')} />
      const text = shape.show(value)
      return shape.behind && value !== 0 ? (
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
    }
    const number = (shape: Shape): Column<SitePageRow> => ({
      id: shape.id,
      header: t(`sitePages.column.${shape.id}`),
      about: ABOUT.includes(shape.id as AboutId) ? about(shape.id as AboutId) : undefined,
      numeric: true,
      sort: shape.of,
      cell: (row) => {
        const shown = open(rowName(row), shape, row)
        if (shape.id === 'lead') return <CellBar part={row.before_lead.people / most}>{shown}</CellBar>
        return shape.id === 'visit_to_lead' ? <Rate row={row}>{shown}</Rate> : shown
      },
      total: open('total', shape, report.totals),
    })
    return [named, ...shapes.map(number)]
  }, [t, report, search, onChange, shapes, about, names])
}

/** A rate with its interval, and a warning where it is of few visits. */
function Rate({ row, children }: { row: SitePageRow; children: React.ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [low, high] = row.visit_to_lead_interval ?? []
  const title =
    low !== undefined && high !== undefined
      ? t('card.interval', { low: format.rate(low), high: format.rate(high) })
      : undefined
  const few = row.visit_to_lead !== null && row.visits < FEW
  return (
    <span title={title}>
      <span className={few ? 'muted' : undefined}>{children}</span>
      {few && <span className={css.under}>{t('sources.few')}</span>}
    </span>
  )
}

function useShapes(report: SitePages): Shape[] {
  const format = useFormat()
  const money = useMoney(report.currency)
  return useMemo(() => {
    const decimal = (n: number) => format.number(Math.round(n * 10) / 10)
    const people = (id: PageColumn, of: Shape['of']): Shape => ({ id, of, show: format.number, behind: id })
    return [
      { id: 'visits', of: (f) => f.visits, show: format.number },
      people('lead', (f) => f.before_lead.people),
      people('lead_contacts', (f) => f.before_lead.contacts),
      people('lead_customers', (f) => f.before_lead.customers),
      { id: 'lead_credit', of: (f) => f.before_lead.credit, show: decimal },
      { id: 'visit_to_lead', of: (f) => f.visit_to_lead, show: format.rate },
      people('sale', (f) => f.before_sale.people),
      people('sale_contacts', (f) => f.before_sale.contacts),
      people('sale_customers', (f) => f.before_sale.customers),
      { id: 'sale_credit', of: (f) => f.before_sale.credit, show: decimal },
      { id: 'revenue', of: (f) => f.revenue, show: money, behind: 'revenue' },
      { id: 'revenue_per_visit', of: (f) => f.revenue_per_visit, show: money },
    ]
  }, [format, money])
}
