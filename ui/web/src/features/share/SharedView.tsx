import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { sharedOptions } from '@/api/keep'
import type { LifecycleReport, LostStage, ReportGroup } from '@/api/types'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { NumbersOnly } from '@/features/explain/numbersOnly'
import { FigureCards } from '@/features/lifecycle/FigureCards'
import { FunnelSection } from '@/features/lifecycle/FunnelSection'
import { Identity } from '@/features/lifecycle/Identity'
import { ReadingLine } from '@/features/lifecycle/ReadingLine'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import css from './Shared.module.css'

const route = getRouteApi('/share/$token')

/** A report for whoever has its link: numbers, and nobody behind them. */
export default function SharedView() {
  const { t } = useTranslation()
  const { token } = route.useParams()
  const query = useQuery(sharedOptions(token))
  useTitle(query.data?.name ?? t('keep.sharedTitle'))
  return (
    <main className={css.page}>
      {query.isPending && <Skeleton height={320} />}
      {query.isError && <ErrorState error={query.error} kept="" />}
      {query.data && (
        <NumbersOnly value={true}>
          <Shown name={query.data.name} report={query.data.report} expires={query.data.expires_at} />
        </NumbersOnly>
      )}
    </main>
  )
}

function Shown(props: { name: string; report: ShownReport; expires?: string | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { range, summary } = props.report
  if (!summary) return null
  const report: LifecycleReport = { ...props.report, summary }
  return (
    <>
      <header>
        <h1>{props.name}</h1>
        <p className="lede">
          {t('keep.sharedRange', {
            range: format.dayRange(range.from, range.to),
            zone: range.time_zone,
            time: format.moment(report.as_of, range.time_zone),
          })}
        </p>
        {props.expires && (
          <p className="caption">
            {t('keep.sharedEnds', { time: format.moment(props.expires, range.time_zone) })}
          </p>
        )}
      </header>
      <FigureCards report={report} />
      <div>
        <ReadingLine report={report} />
        <Identity report={report} />
      </div>
      <FunnelSection report={report} />
      {report.groups && report.groups.length > 0 && <Groups groups={report.groups} />}
      {report.lost && report.lost.length > 0 && <Losses lost={report.lost} />}
      <footer className="caption">{t('keep.sharedFoot')}</footer>
    </>
  )
}
type ShownReport = Omit<LifecycleReport, 'summary'> & { summary?: LifecycleReport['summary'] }

function Groups({ groups }: { groups: ReportGroup[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const rate = (value: number | null | undefined) => (typeof value === 'number' ? format.rate(value) : '–')
  const nameOf = useGroupName(undefined)
  const columns: Column<ReportGroup>[] = [
    { id: 'group', header: t('keep.group'), sort: nameOf, cell: nameOf },
    {
      id: 'entered',
      header: t('keep.metrics.entered'),
      numeric: true,
      sort: (g) => g.summary?.entered,
      cell: (g) => format.number(g.summary?.entered ?? 0),
    },
    {
      id: 'conversion',
      header: t('keep.metrics.conversion_rate'),
      numeric: true,
      sort: (g) => g.summary?.conversion_rate,
      cell: (g) => rate(g.summary?.conversion_rate),
    },
    {
      id: 'dropOff',
      header: t('keep.metrics.drop_off_rate'),
      numeric: true,
      sort: (g) => g.summary?.drop_off_rate,
      cell: (g) => rate(g.summary?.drop_off_rate),
    },
  ]
  return (
    <Section id="groups" title={t('keep.groups')}>
      <DataTable
        label={t('keep.groups')}
        columns={columns}
        rows={groups}
        rowKey={(g) => `${g.kind}:${g.value}`}
      />
    </Section>
  )
}

function Losses({ lost }: { lost: LostStage[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns: Column<LostStage>[] = [
    { id: 'reason', header: t('keep.reason'), sort: (l) => l.stage.name, cell: (l) => l.stage.name },
    {
      id: 'count',
      header: t('keep.metrics.lost'),
      numeric: true,
      sort: (l) => l.count,
      cell: (l) => format.number(l.count),
    },
    {
      id: 'share',
      header: t('keep.shareOfLost'),
      numeric: true,
      sort: (l) => l.share,
      cell: (l) => (typeof l.share === 'number' ? format.rate(l.share) : '–'),
    },
  ]
  return (
    <Section id="lost" title={t('keep.losses')}>
      <DataTable label={t('keep.losses')} columns={columns} rows={lost} rowKey={(l) => l.stage.id} />
    </Section>
  )
}
