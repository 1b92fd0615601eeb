import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cost } from '@/api/costs'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { money } from '@/lib/money'
import { useFormat } from '@/lib/useFormat'
import { costKey, sourceOf } from './model'

interface Props {
  label: string
  costs: Cost[]
  /** What can be done to a row. */
  tools?: (cost: Cost) => ReactNode
}

export function CostTable({ label, costs, tools }: Props) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const amount = (cost: Cost) => money({ amount: cost.amount, currency: cost.currency ?? '' }, i18n.language)
  const count = (n: number | undefined) => (n ? format.number(n) : '–')
  const columns: Column<Cost>[] = [
    { id: 'day', header: t('costs.field.day'), cell: (cost) => format.day(cost.day) },
    {
      id: 'source',
      header: t('costs.field.source'),
      wrap: true,
      cell: (cost) => sourceOf(cost) || t('costs.noSource'),
    },
    { id: 'amount', header: t('costs.field.amount'), numeric: true, cell: amount },
    { id: 'clicks', header: t('costs.field.clicks'), numeric: true, cell: (cost) => count(cost.clicks) },
    {
      id: 'impressions',
      header: t('costs.field.impressions'),
      numeric: true,
      cell: (cost) => count(cost.impressions),
    },
  ]
  if (tools) columns.push({ id: 'do', header: t('keep.actions'), cell: tools })
  return <DataTable label={label} columns={columns} rows={costs} rowKey={costKey} />
}
