import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileHref } from '@/api/query'
import { marksOptions, tableOptions } from '@/api/tables'
import type { LifecycleReport } from '@/api/types'
import { ExportMenu } from '@/components/ExportMenu'
import { ErrorState, Section, Skeleton, toolClass } from '@/components/states'
import type { ReportSearch } from '@/features/lifecycle/search'
import { INTERVALS, METRICS } from '@/features/lifecycle/search'
import { intervalOf, ripeAfter, trend } from './model'
import { TrendChart } from './TrendChart'
import { TrendTable } from './TrendTable'
import css from './Trend.module.css'
import { useTrendWords } from './useTrendWords'

interface Props {
  report: LifecycleReport
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

/** Each figure by period of entry, with what happened to stages and data meanwhile. */
export default function TrendSection({ report, search, onChange }: Props) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const drawing = useRef<(() => string | undefined) | null>(null)
  const interval = intervalOf(search, report)
  const metric = search.trend ?? 'conversion_rate'
  const query = useQuery(tableOptions('trend', search, { interval }))
  const marks = useQuery(marksOptions(search))
  const ripe = ripeAfter(report, search)
  const data = useMemo(
    () => (query.data ? trend(query.data.items, metric, query.data.as_of, ripe) : undefined),
    [query.data, metric, ripe],
  )
  const words = useTrendWords(metric, data, ripe)
  return (
    <Section
      id="trend"
      title={t('trend.title')}
      text={words.text}
      about={words.about}
      tools={
        <>
          <button
            type="button"
            className={toolClass}
            aria-pressed={asTable}
            aria-label={t(asTable ? 'chart.asChartLabel' : 'chart.asTableLabel', { chart: t('trend.title') })}
            onClick={() => setAsTable(!asTable)}
          >
            {t(asTable ? 'funnel.asChart' : 'funnel.asTable')}
          </button>
          <ExportMenu
            title={t('trend.title')}
            csv={fileHref('trend', search, 'csv', { interval })}
            parquet={fileHref('trend', search, 'parquet', { interval })}
            table={asTable ? box : undefined}
            drawing={asTable ? undefined : () => drawing.current?.()}
          />
        </>
      }
    >
      <div className={css.controls}>
        <fieldset className={css.choices} aria-label={t('trend.metric')}>
          {METRICS.map((one) => (
            <button
              key={one}
              type="button"
              className={css.choice}
              aria-pressed={one === metric}
              onClick={() => onChange({ ...search, trend: one === 'conversion_rate' ? undefined : one })}
            >
              {t(`trend.metrics.${one}`)}
            </button>
          ))}
        </fieldset>
        <fieldset className={css.choices} aria-label={t('trend.interval')}>
          {INTERVALS.map((one) => (
            <button
              key={one}
              type="button"
              className={css.choice}
              aria-pressed={one === interval}
              onClick={() => onChange({ ...search, interval: one })}
            >
              {t(`trend.by.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
      )}
      {!data && !query.isError && <Skeleton height={316} />}
      {data &&
        (asTable ? (
          <div ref={box}>
            <TrendTable data={data} metric={metric} words={words} />
          </div>
        ) : (
          <TrendChart
            data={data}
            metric={metric}
            words={words}
            marks={marks.data?.items ?? []}
            search={search}
            onChange={onChange}
            drawing={drawing}
          />
        ))}
    </Section>
  )
}
