import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sources } from '@/api/sources'
import { sourceTrendHref, sourceTrendOptions } from '@/api/sources'
import { categoryAxis, GRID, hatch, HIDDEN_AXIS, tip, tooltip, valueAxis } from '@/charts/axes'
import { Chart } from '@/charts/Chart'
import { ChartSection } from '@/charts/ChartSection'
import { usePalette } from '@/charts/palette'
import { Choices } from '@/components/Choices'
import { DataTable } from '@/components/DataTable'
import { ErrorState, Skeleton } from '@/components/states'
import { INTERVALS } from '@/features/lifecycle/search'
import { dayCount } from '@/lib/days'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import type { Metric, SourceSearch } from './search'
import { METRICS } from './search'

interface Props {
  report: Sources
  search: SourceSearch
  onChange: (next: SourceSearch) => void
}

interface Point {
  from: string
  to: string
  value: number | null
  young: boolean
}

/** One figure of all rows by day, week or month. */
export default function TrendSection({ report, search, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const length = dayCount(report.range.from, report.range.to)
  const metric: Metric = search.metric ?? (report.totals.revenue > 0 ? 'revenue' : 'leads')
  const interval = search.interval ?? (length <= 31 ? 'day' : length <= 200 ? 'week' : 'month')
  const query = useQuery(sourceTrendOptions(search, interval))
  const show = useShow(report.currency, metric)
  const points = useMemo<Point[]>(
    () =>
      (query.data?.items ?? []).map((item) => ({
        from: String(item['from']),
        to: String(item['to']),
        value: typeof item[metric] === 'number' ? item[metric] : null,
        young: item['immature'] === true,
      })),
    [query.data, metric],
  )
  const name = t(`sources.column.${metric}`)
  const best = points.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))[0]
  const text = best?.value
    ? t('sources.trendText', {
        metric: name,
        days: format.dayRange(best.from, best.to),
        value: show(best.value),
      })
    : name
  return (
    <ChartSection
      id="trend"
      title={t('sources.trend')}
      text={text}
      about={{
        tells: t('sources.trendAbout.tells'),
        matters: t('sources.trendAbout.matters'),
        example: text,
      }}
      csv={sourceTrendHref(search, interval, 'csv')}
      parquet={sourceTrendHref(search, interval, 'parquet')}
      controls={
        <div className="row" style={{ justifyContent: 'space-between', flexWrap: 'wrap' }}>
          <Choices
            label={t('trend.metric')}
            options={METRICS.map((value) => ({ value, label: t(`sources.column.${value}`) }))}
            value={metric}
            onPick={(next) => onChange({ ...search, metric: next })}
          />
          <Choices
            label={t('trend.interval')}
            options={INTERVALS.map((value) => ({ value, label: t(`trend.by.${value}`) }))}
            value={interval}
            onPick={(next) => onChange({ ...search, interval: next })}
          />
        </div>
      }
      chart={(drawing) =>
        query.isPending ? (
          <Skeleton height={280} />
        ) : query.isError ? (
          <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
        ) : (
          <TrendChart points={points} metric={metric} text={text} show={show} drawing={drawing} />
        )
      }
      table={() => (
        <DataTable
          label={t('sources.trend')}
          snug
          columns={[
            {
              id: 'period',
              header: t('sources.period'),
              cell: (row: Point) => format.dayRange(row.from, row.to),
            },
            {
              id: 'value',
              header: name,
              numeric: true,
              sort: (row: Point) => row.value,
              cell: (row: Point) => (row.value === null ? '–' : show(row.value)),
            },
          ]}
          rows={points}
          rowKey={(row) => row.from}
        />
      )}
    />
  )
}

function useShow(currency: string, metric: Metric): (value: number) => string {
  const format = useFormat()
  const money = useMoney(currency)
  if (metric === 'revenue' || metric === 'cost') return money
  return metric === 'roas' ? (n) => format.decimal(n, 2) : (n) => format.number(Math.round(n * 10) / 10)
}

interface ChartProps {
  points: Point[]
  metric: Metric
  text: string
  show: (value: number) => string
  drawing: Parameters<typeof Chart>[0]['drawing']
}

function TrendChart({ points, metric, text, show, drawing }: ChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const palette = usePalette()
  const option = useMemo(
    () => ({
      grid: { ...GRID, left: 72 },
      tooltip: tooltip(palette, (i) => {
        const point = points[i]
        const line = point?.value === null || point?.value === undefined ? '–' : show(point.value)
        const young = point?.young ? [{ text: t('sources.young') }] : []
        return tip(point ? format.dayRange(point.from, point.to) : '', [{ text: line }, ...young])
      }),
      xAxis: categoryAxis(
        palette,
        points.map((point) => format.day(point.from, { day: 'numeric', month: 'short' })),
      ),
      yAxis: [valueAxis(palette, show), HIDDEN_AXIS],
      series: [
        hatch(
          points.map((point) => point.young),
          palette,
        ),
        {
          id: 'bars',
          type: 'bar' as const,
          data: points.map((point) => point.value),
          barWidth: '60%',
          barMaxWidth: 28,
          itemStyle: { color: metric === 'cost' ? palette.lost : palette.accent, borderRadius: [2, 2, 0, 0] },
        },
      ],
    }),
    [points, metric, palette, show, format, t],
  )
  return <Chart label={text} option={option} height={280} drawing={drawing} />
}
