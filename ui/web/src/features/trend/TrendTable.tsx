import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { Behind } from '@/features/explain/Behind'
import { useColumnAbout } from '@/features/lifecycle/columnAbout'
import type { Metric } from '@/features/lifecycle/search'
import { useFormat } from '@/lib/useFormat'
import css from '@/features/lifecycle/Lifecycle.module.css'
import type { Line, Period, Point, Trend } from './model'
import type { useTrendWords } from './useTrendWords'

interface Row {
  id: string
  period: Period
  line: Line
  point: Point
}

interface Props {
  data: Trend
  metric: Metric
  words: ReturnType<typeof useTrendWords>
}

/** The numbers behind the trend. */
export function TrendTable({ data, metric, words }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = useMemo<Row[]>(
    () =>
      data.lines.flatMap((line) =>
        data.periods.flatMap((period, i) => {
          const point = line.points[i]
          return point ? [{ id: `${line.key}:${period.from}`, period, line, point }] : []
        }),
      ),
    [data],
  )
  const columnAbout = useColumnAbout()
  const columns = useMemo<Column<Row>[]>(() => {
    const first = rows[0]
    const where = first ? format.dayRange(first.period.from, first.period.to) : '–'
    const own = ({ line, period }: Row) => ({
      from: period.from,
      to: period.to,
      group: line.group
        ? line.group.kind === 'value'
          ? `value:${line.group.label}`
          : line.group.kind
        : undefined,
    })
    const count = (id: 'entered' | 'won' | 'lost' | 'open'): Column<Row> => ({
      id,
      header: t(`outcome.${id}`),
      about: columnAbout(`count_${id}`, { where, number: format.number(first?.point[id] ?? 0) }),
      numeric: true,
      sort: (row) => row.point[id],
      cell: (row) => (
        <Behind selection={{ ...own(row), outcome: id === 'entered' ? undefined : id }} count={row.point[id]}>
          {format.number(row.point[id])}
        </Behind>
      ),
    })
    const group: Column<Row> = {
      id: 'group',
      header: t('trend.group'),
      sort: (row) => words.groupName(row.line.group),
      cell: (row) => words.groupName(row.line.group),
    }
    return [
      {
        id: 'period',
        header: t('trend.period'),
        sort: (row) => row.period.from,
        cell: (row) => (
          <>
            {format.dayRange(row.period.from, row.period.to)}
            {row.period.young && <span className={css.tag}>{t('trend.youngTag')}</span>}
          </>
        ),
      },
      ...(data.lines.length > 1 ? [group] : []),
      ...(['entered', 'won', 'lost', 'open'] as const).map(count),
      ...(words.kind === 'count'
        ? []
        : [
            {
              id: 'value',
              header: words.name,
              about: columnAbout('trend_value', {
                where,
                number: first?.point.value == null ? '–' : words.print(first.point.value),
              }),
              numeric: true,
              sort: (row: Row) => row.point.value,
              cell: (row: Row) =>
                row.point.value === null ? (
                  <Nothing reason={t('nothing.noneEntered')} />
                ) : (
                  <Behind
                    selection={{ ...words.selection(metric), ...own(row) }}
                    count={words.selection(metric).outcome === 'lost' ? row.point.lost : row.point.won}
                  >
                    {words.print(row.point.value)}
                  </Behind>
                ),
            },
          ]),
    ]
  }, [t, format, columnAbout, rows, data.lines.length, words, metric])
  return <DataTable label={t('trend.title')} columns={columns} rows={rows} rowKey={(row) => row.id} />
}
