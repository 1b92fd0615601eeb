import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { fileHref } from '@/api/query'
import { marksOptions, tableOptions } from '@/api/tables'
import type { LifecycleReport } from '@/api/types'
import type { Drawing } from '@/charts/Chart'
import { ChartSection } from '@/charts/ChartSection'
import { Choices } from '@/components/Choices'
import { ErrorState, Skeleton } from '@/components/states'
import { useSaying } from '@/lib/useSaying'
import type { ReportSearch } from '@/features/lifecycle/search'
import { INTERVALS, METRICS } from '@/features/lifecycle/search'
import type { Mark } from './model'
import { intervalOf, metricOf, ripeAfter, trend } from './model'
import { TrendChart } from './TrendChart'
import { TrendTable } from './TrendTable'
import css from './Trend.module.css'
import { useTrendWords } from './useTrendWords'

interface Props {
  report: LifecycleReport
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

/** What happened meanwhile: notes as they were written, the rest in the reader's language. */
function useMarks(search: ReportSearch): Mark[] {
  const say = useSaying()
  const { data } = useQuery(marksOptions(search))
  return useMemo(
    () =>
      (data?.items ?? []).map(({ day, kind, id, text, says }) => ({
        day,
        kind,
        id,
        text: says.map((one) => say('edit', one)).join(' ') || text,
      })),
    [data, say],
  )
}

/** Each figure by period of entry, with what happened to stages and data meanwhile. */
export default function TrendSection({ report, search, onChange }: Props) {
  const { t } = useTranslation()
  const interval = intervalOf(search, report)
  const metric = metricOf(search)
  const query = useQuery(tableOptions('trend', search, { interval }))
  const marks = useMarks(search)
  const ripe = ripeAfter(report, search)
  const data = useMemo(
    () => (query.data ? trend(query.data.items, metric, query.data.as_of, ripe) : undefined),
    [query.data, metric, ripe],
  )
  const words = useTrendWords(search, data, ripe)
  const chart = (drawing: Drawing) =>
    data ? (
      <TrendChart
        data={data}
        metric={metric}
        words={words}
        marks={marks}
        search={search}
        onChange={onChange}
        drawing={drawing}
      />
    ) : (
      <Skeleton height={316} />
    )
  if (query.isError && !query.data) {
    return (
      <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
    )
  }
  return (
    <ChartSection
      id="trend"
      title={t('trend.title')}
      text={words.text}
      about={words.about}
      csv={fileHref('trend', search, 'csv', { interval })}
      parquet={fileHref('trend', search, 'parquet', { interval })}
      controls={
        <div className={css.controls}>
          <Choices
            label={t('trend.metric')}
            value={metric}
            options={METRICS.map((value) => ({ value, label: t(`trend.metrics.${value}`) }))}
            onPick={(one) => onChange({ ...search, trend: one === 'conversion_rate' ? undefined : one })}
          />
          <Choices
            label={t('trend.interval')}
            value={interval}
            options={INTERVALS.map((value) => ({ value, label: t(`trend.by.${value}`) }))}
            onPick={(one) => onChange({ ...search, interval: one })}
          />
        </div>
      }
      chart={chart}
      table={() => data && <TrendTable data={data} metric={metric} words={words} />}
    />
  )
}
