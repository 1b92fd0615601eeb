import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupOutlook } from '@/api/types'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { Behind } from '@/features/explain/Behind'
import { groupOf } from '@/features/explain/selection'
import { useColumnAbout } from '@/features/lifecycle/columnAbout'
import type { FilterName } from '@/features/lifecycle/search'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'

/** The forecast of each group, from its own curve: they need not add up. */
export function ForecastGroups({ groups, by }: { groups: GroupOutlook[]; by?: FilterName }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columnAbout = useColumnAbout()
  const nameOf = useGroupName(by)
  const columns = useMemo<Column<GroupOutlook>[]>(() => {
    const known = groups.find((row) => row.outlook.expected_wins_interval) ?? groups[0]
    const round = (value: number | null | undefined) =>
      value == null ? '–' : format.number(Math.round(value))
    const outlook = known?.outlook
    const example = {
      where: known ? nameOf(known) : '–',
      number: round(outlook?.expected_wins),
      open: format.number(outlook?.open ?? 0),
      low: round(outlook?.expected_wins_interval?.[0]),
      high: round(outlook?.expected_wins_interval?.[1]),
      rate: outlook?.conversion_rate == null ? '–' : format.rate(outlook.conversion_rate),
      entered: format.number(outlook?.entered ?? 0),
    }
    const few = <Nothing reason={t('forecast.tooFew')} />
    const count = (id: 'won' | 'open'): Column<GroupOutlook> => ({
      id,
      header: t(`outcome.${id}`),
      about: columnAbout(`count_${id}`, {
        where: example.where,
        number: format.number(outlook?.[id] ?? 0),
      }),
      numeric: true,
      sort: (row) => row.outlook[id],
      cell: (row) => (
        <Behind selection={{ outcome: id, group: groupOf(row) }} count={row.outlook[id]}>
          {format.number(row.outlook[id])}
        </Behind>
      ),
    })
    return [
      { id: 'group', header: t('trend.group'), sort: nameOf, cell: nameOf },
      count('won'),
      count('open'),
      {
        id: 'expected',
        header: t('forecast.column'),
        about: columnAbout('forecast_expected', example),
        numeric: true,
        sort: (row) => row.outlook.expected_wins,
        // The open journeys are those that the number is expected of.
        cell: ({ outlook, ...row }) =>
          outlook.expected_wins_interval ? (
            <Behind selection={{ outcome: 'open', group: groupOf(row) }} count={outlook.open}>
              {format.number(Math.round(outlook.expected_wins ?? 0))}
            </Behind>
          ) : (
            few
          ),
      },
      {
        id: 'interval',
        header: t('group.interval'),
        about: columnAbout('forecast_interval', example),
        numeric: true,
        cell: ({ outlook, ...row }) => {
          const [low, high] = outlook.expected_wins_interval ?? []
          if (low === undefined || high === undefined) return few
          return (
            <Behind selection={{ outcome: 'open', group: groupOf(row) }} count={outlook.open}>
              {t('group.range', {
                low: format.number(Math.round(low)),
                high: format.number(Math.round(high)),
              })}
            </Behind>
          )
        },
      },
      {
        id: 'rate',
        header: t('forecast.rate'),
        about: columnAbout('forecast_rate', example),
        numeric: true,
        sort: (row) => row.outlook.conversion_rate,
        // Won in the end is a share of all of them.
        cell: ({ outlook, ...row }) =>
          outlook.conversion_rate === null ? (
            few
          ) : (
            <Behind selection={{ group: groupOf(row) }} count={outlook.entered}>
              {format.rate(outlook.conversion_rate)}
            </Behind>
          ),
      },
    ]
  }, [t, format, columnAbout, nameOf, groups])
  return <DataTable label={t('forecast.title')} columns={columns} rows={groups} rowKey={groupOf} snug />
}
