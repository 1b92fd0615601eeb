import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { fileHref } from '@/api/query'
import { tableOptions } from '@/api/tables'
import type { LifecycleReport } from '@/api/types'
import { Chart } from '@/charts/Chart'
import { ChartSection } from '@/charts/ChartSection'
import { usePalette } from '@/charts/palette'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Skeleton } from '@/components/states'
import { writeSelection } from '@/features/explain/selection'
import { CellBar } from '@/features/lifecycle/CellBar'
import { useColumnAbout } from '@/features/lifecycle/columnAbout'
import type { ReportSearch } from '@/features/lifecycle/search'
import { useFormat } from '@/lib/useFormat'
import { ExitChoice } from './CurvesSection'
import type { Bucket, Exit } from './model'
import { buckets, fullest } from './model'
import { bucketOption } from './option'

interface Props {
  report: LifecycleReport
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

/** How long it took those who were won, or lost. */
export function HistogramSection({ report, search, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const palette = usePalette()
  const exit = search.exit ?? 'won'
  const query = useQuery(tableOptions('histogram', search))
  const all = useMemo(() => buckets(query.data?.items ?? [], exit), [query.data, exit])
  const words = useMemo(() => {
    const span = ({ from, to }: Bucket) =>
      to === null
        ? t('histogram.from', { from: format.duration(from) })
        : t('histogram.span', { from: format.whole(from), to: format.whole(to) })
    const count = (bucket: Bucket) =>
      t('histogram.count', { number: format.number(bucket.count), share: format.rate(bucket.share) })
    return { number: format.number, edge: format.whole, span, count }
  }, [t, format])
  const option = useMemo(() => bucketOption(all, exit, palette, words), [all, exit, palette, words])
  if (!query.data) return <Skeleton height={380} />
  const spread =
    exit === 'won' ? report.summary.time_to_conversion_seconds : report.summary.time_to_drop_off_seconds
  const most = fullest(all)
  const text =
    most && spread.median !== null && spread.p90 !== null
      ? t(`histogram.text.${exit}`, {
          span: words.span(most),
          count: format.number(most.count),
          of: format.number(all.reduce((sum, bucket) => sum + bucket.count, 0)),
          median: format.duration(spread.median),
          p90: format.duration(spread.p90),
        })
      : t(`histogram.none.${exit}`)
  return (
    <ChartSection
      id="histogram"
      title={t(`histogram.title.${exit}`)}
      text={text}
      about={{ tells: t('about.histogram.tells'), matters: t('about.histogram.matters'), example: text }}
      csv={fileHref('histogram', search)}
      parquet={fileHref('histogram', search, 'parquet')}
      controls={
        <ExitChoice
          exit={exit}
          label={t('histogram.exit')}
          onExit={(next) => onChange({ ...search, exit: next })}
        />
      }
      table={() => <Buckets all={all} exit={exit} words={words} />}
      chart={(drawing) => (
        <figure>
          <Chart
            label={text}
            option={option}
            height={220}
            drawing={drawing}
            onPick={() => onChange({ ...search, explain: writeSelection({ outcome: exit }) })}
          />
        </figure>
      )}
    />
  )
}

interface BucketsProps {
  all: Bucket[]
  exit: Exit
  words: { span: (bucket: Bucket) => string }
}

function Buckets({ all, exit, words }: BucketsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const columnAbout = useColumnAbout()
  const most = fullest(all)
  const example = {
    where: most ? words.span(most) : '–',
    number: format.number(most?.count ?? 0),
    share: format.rate(most?.share ?? 0),
  }
  const columns: Column<Bucket>[] = [
    { id: 'time', header: t('histogram.time'), sort: (row) => row.from, cell: (row) => words.span(row) },
    {
      id: 'count',
      header: t('lost.count'),
      about: columnAbout('histogram_count', example),
      numeric: true,
      sort: (row) => row.count,
      cell: (row) => format.number(row.count),
      total: format.number(all.reduce((sum, row) => sum + row.count, 0)),
    },
    {
      id: 'share',
      header: t('flow.shares'),
      about: columnAbout('histogram_share', example),
      numeric: true,
      sort: (row) => row.share,
      cell: (row) => (
        <CellBar part={row.share} color={`var(--${exit})`}>
          {format.rate(row.share)}
        </CellBar>
      ),
      total: format.rate(1),
    },
  ]
  return (
    <DataTable
      label={t(`histogram.title.${exit}`)}
      columns={columns}
      rows={all}
      rowKey={(row) => String(row.from)}
      snug
    />
  )
}
