import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupOutlook } from '@/api/types'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { Behind } from '@/features/explain/Behind'
import { groupOf } from '@/features/explain/selection'
import { useFormat } from '@/lib/useFormat'

/** The forecast of each group, from its own curve: they need not add up. */
export function ForecastGroups({ groups }: { groups: GroupOutlook[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = useMemo<Column<GroupOutlook>[]>(() => {
    const few = <Nothing reason={t('forecast.tooFew')} />
    const count = (id: 'won' | 'open'): Column<GroupOutlook> => ({
      id,
      header: t(`outcome.${id}`),
      numeric: true,
      sort: (row) => row.outlook[id],
      cell: (row) => (
        <Behind selection={{ outcome: id, group: groupOf(row) }} count={row.outlook[id]}>
          {format.number(row.outlook[id])}
        </Behind>
      ),
    })
    return [
      { id: 'group', header: t('trend.group'), sort: (row) => row.label, cell: (row) => row.label },
      count('won'),
      count('open'),
      {
        id: 'expected',
        header: t('forecast.column'),
        numeric: true,
        sort: (row) => row.outlook.expected_wins,
        cell: ({ outlook }) =>
          outlook.expected_wins_interval ? format.number(Math.round(outlook.expected_wins ?? 0)) : few,
      },
      {
        id: 'interval',
        header: t('group.interval'),
        numeric: true,
        cell: ({ outlook }) => {
          const [low, high] = outlook.expected_wins_interval ?? []
          if (low === undefined || high === undefined) return few
          return t('group.range', {
            low: format.number(Math.round(low)),
            high: format.number(Math.round(high)),
          })
        },
      },
      {
        id: 'rate',
        header: t('forecast.rate'),
        numeric: true,
        sort: (row) => row.outlook.conversion_rate,
        cell: ({ outlook }) =>
          outlook.conversion_rate === null ? few : format.rate(outlook.conversion_rate),
      },
    ]
  }, [t, format])
  return <DataTable label={t('forecast.title')} columns={columns} rows={groups} rowKey={groupOf} snug />
}
