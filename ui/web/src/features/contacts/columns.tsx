import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactSort } from '@/api/contacts'
import type { Contact } from '@/api/types'
import { Nothing } from '@/components/Nothing'
import { StageTag } from '@/components/StageTag'
import type { VirtualColumn } from '@/components/VirtualTable'
import { propertyName, useChoiceLabel, useFieldLabel } from '@/features/filters/useFilterWords'
import type { SortableColumn } from '@/features/views/search'
import { sortable, sortedAs } from '@/features/views/search'
import { money } from '@/lib/money'
import { useCalled } from '@/lib/useCalled'
import { useFormat } from '@/lib/useFormat'
import { propertyText } from './edit'

/** The fields that a column can show; properties come on top. */
export const COLUMNS = [
  'name',
  'email',
  'phone',
  'external_id',
  'stage',
  'days_in_stage',
  'owner',
  'value',
  'source.source',
  'source.sub_source',
  'source.medium',
  'source.campaign',
  'source.ad_group',
  'source.ad',
  'source.keyword',
  'source.landing_page',
  'created_at',
  'created_by',
] as const

const WIDTHS: Record<string, number> = {
  name: 200,
  email: 240,
  stage: 160,
  created_at: 180,
  days_in_stage: 150,
  value: 120,
}

interface Options {
  columns: string[]
  sort: ContactSort
  /** Names cannot be put in order under a filter. */
  filtered: boolean
  zone: string
  currency: string
  onSort: (column: SortableColumn) => void
}

export function useContactColumns(options: Options): VirtualColumn<Contact>[] {
  const { columns, sort, filtered, onSort } = options
  const label = useFieldLabel()
  const cell = useCell(options)
  const { t } = useTranslation()
  return useMemo(
    () =>
      columns.map((column) => {
        const sorted = sortedAs(sort, column)
        const can = sortable(column) && !(column === 'name' && filtered)
        return {
          id: column,
          head: column === 'name',
          numeric: column === 'value' || column === 'days_in_stage' || column === 'created_at',
          width: WIDTHS[column] ?? 170,
          sorted: can ? sorted : undefined,
          header:
            can && sortable(column) ? (
              <button
                type="button"
                aria-label={t('table.sortBy', { column: label(column) })}
                onClick={() => onSort(column)}
              >
                {label(column)}
                {sorted && <span aria-hidden="true">{sorted === 'ascending' ? '▲' : '▼'}</span>}
              </button>
            ) : (
              label(column)
            ),
          cell: (row: Contact) => cell(row, column),
        }
      }),
    [columns, sort, filtered, onSort, label, cell, t],
  )
}

function useCell({ zone, currency }: Options): (row: Contact, column: string) => ReactNode {
  const { t } = useTranslation()
  const format = useFormat()
  const choice = useChoiceLabel()
  const called = useCalled()
  return useMemo(() => {
    const now = Date.now()
    return (row, column) => {
      const none = <Nothing reason={t('contacts.no.value')} />
      switch (column) {
        case 'name':
          return (
            <Link to="/contacts/$id" params={{ id: row.id }}>
              {called(row)}
            </Link>
          )
        case 'stage':
          return row.stage ? <StageTag stage={row.stage} /> : <Nothing reason={t('contacts.no.stage')} />
        case 'days_in_stage':
          return row.stage && row.stage_since ? (
            format.duration((now - Date.parse(row.stage_since)) / 1000)
          ) : (
            <Nothing reason={t('contacts.no.stage')} />
          )
        case 'value':
          return row.value
            ? money({ ...row.value, currency: row.value.currency ?? currency }, format.locale)
            : none
        case 'created_at':
          return format.moment(row.created_at, zone)
        case 'created_by':
          return choice('created_by', { key: row.created_by })
        default:
          return plain(row, column) || none
      }
    }
  }, [t, format, choice, called, zone, currency])
}

function plain(row: Contact, column: string): string | null {
  if (column.startsWith('source.')) {
    const name = column.slice('source.'.length)
    return Object.entries(row.source).find(([key]) => key === name)?.[1] ?? null
  }
  const property = propertyName(column)
  if (property !== undefined) {
    return property in row.properties ? propertyText(row.properties[property]) : null
  }
  switch (column) {
    case 'email':
    case 'phone':
    case 'external_id':
    case 'owner':
      return row[column]
    default:
      return null
  }
}
