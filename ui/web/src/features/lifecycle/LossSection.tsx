import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import type { Column } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { Section } from '@/components/states'
import { Behind } from '@/features/explain/Behind'
import { useFormat } from '@/lib/useFormat'
import { CellBar } from './CellBar'
import css from './Lifecycle.module.css'
import type { LostRow } from './lossModel'
import { useLostAbout } from './lostAbout'
import { lostRows, matrix } from './lossModel'
import { OriginMatrix } from './OriginMatrix'
import { ReportTable } from './ReportTable'
import type { ReportSearch } from './search'

export function LossSection({ report, search }: { report: LifecycleReport; search: ReportSearch }) {
  const { t } = useTranslation()
  const lost = useMemo(() => report.lost ?? [], [report.lost])
  const rows = useMemo(() => lostRows(lost), [lost])
  const grid = useMemo(() => matrix(lost), [lost])
  const columns = useLostColumns(rows, report.summary.lost)

  if (rows.length === 0 || report.summary.lost === 0) {
    return (
      <Section id="lost" title={t('lost.title')}>
        <p className="muted">{t('lost.none')}</p>
      </Section>
    )
  }
  return (
    <>
      <ReportTable
        id="lost"
        title={t('lost.title')}
        text={t('lost.text')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        table="lost"
        search={search}
        hidden={HIDDEN}
      />
      <OriginMatrix grid={grid} search={search} />
    </>
  )
}

const HIDDEN = ['mean', 'p90']

function useLostColumns(rows: LostRow[], total: number): Column<LostRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const about = useLostAbout(rows, total)
  return useMemo(() => {
    const time = (id: 'mean' | 'median' | 'p90', header: string): Column<LostRow> => ({
      id,
      header,
      about: about.time,
      numeric: true,
      sort: (row) => row.spread?.[id],
      cell: (row) =>
        row.spread?.[id] == null ? (
          <Nothing reason={t('nothing.noTimes')} />
        ) : (
          <Behind selection={{ lost_stage: row.id }} count={row.count}>
            {format.duration(row.spread[id])}
          </Behind>
        ),
    })
    return [
      {
        id: 'reason',
        header: t('lost.reason'),
        sort: (row) => row.name,
        cell: (row) => (
          <>
            {row.name}
            {row.archived && <span className={css.tag}>{t('stage.archived')}</span>}
          </>
        ),
        total: t('table.total'),
      },
      {
        id: 'count',
        header: t('lost.count'),
        about: about.count,
        numeric: true,
        sort: (row) => row.count,
        cell: (row) => (
          <Behind selection={{ lost_stage: row.id }} count={row.count}>
            {format.number(row.count)}
          </Behind>
        ),
        total: (
          <Behind selection={{ outcome: 'lost' }} count={total}>
            {format.number(total)}
          </Behind>
        ),
      },
      {
        id: 'share',
        header: t('lost.share'),
        about: about.share,
        numeric: true,
        sort: (row) => row.share,
        cell: (row) =>
          row.share === null ? (
            <Nothing reason={t('nothing.noLosses')} />
          ) : (
            <CellBar part={row.share} color="var(--lost)">
              <Behind selection={{ lost_stage: row.id }} count={row.count}>
                {format.rate(row.share)}
              </Behind>
            </CellBar>
          ),
        total: total > 0 ? format.rate(1) : undefined,
      },
      time('mean', t('lost.timeMean')),
      time('median', t('lost.timeMedian')),
      time('p90', t('lost.timeP90')),
      {
        id: 'origins',
        header: t('lost.origins'),
        about: about.origins,
        sort: (row) => row.origins[0]?.name,
        cell: (row) =>
          row.origins.length === 0 ? (
            <Nothing reason={t('nothing.noLosses')} />
          ) : (
            row.origins.map((origin, i) => (
              <span key={origin.name}>
                {i > 0 && ', '}
                {origin.name}{' '}
                <span className="muted">
                  <Behind selection={{ origin: origin.id, lost_stage: row.id }} count={origin.count}>
                    {format.number(origin.count)}
                  </Behind>
                </span>
              </span>
            ))
          ),
      },
    ]
  }, [t, format, about, total])
}
