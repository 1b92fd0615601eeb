import '@mantine/core/styles/Drawer.css'
import { Button, Drawer } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { behindCsv, behindOptions } from '@/api/explain'
import { stagesOptions } from '@/api/stages'
import { Icon } from '@/components/Icon'
import { ErrorState, Skeleton, toolClass } from '@/components/states'
import type { ReportSearch } from '@/features/lifecycle/search'
import { useFormat } from '@/lib/useFormat'
import { useReturnFocus } from '@/lib/useReturnFocus'
import css from './Explain.module.css'
import type { BehindRow, Selection } from './selection'
import { behindRows, clauses, readSelection } from './selection'
import { useClauseText } from './useClauseText'

interface Props {
  search: ReportSearch
  explain: string
  onClose: () => void
}

/** The journeys behind a number: who, when, how it went; each leads to its contact. */
export default function ExplainPanel({ search, explain, onClose }: Props) {
  const { t } = useTranslation()
  const selection = useMemo(() => readSelection(explain), [explain])
  const text = useClauseText(search.group_by)
  useReturnFocus()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(480px, 100vw)"
      title={
        <>
          <span className="sr-only">{t('explain.title')}</span> {clauses(selection).map(text).join(' · ')}
        </>
      }
      classNames={{ title: css.title }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': t('explain.close') }}
    >
      <Panel search={search} selection={selection} />
    </Drawer>
  )
}

function Panel({ search, selection }: { search: ReportSearch; selection: Selection }) {
  const { t } = useTranslation()
  const format = useFormat()
  const query = useInfiniteQuery(behindOptions(search, selection))
  const stages = useQuery(stagesOptions)
  const names = useMemo(
    () => new Map((stages.data?.items ?? []).map((stage) => [stage.key, stage.name])),
    [stages.data],
  )
  const rows = useMemo(
    () => behindRows(query.data?.pages.flatMap((page) => page.items) ?? [], names),
    [query.data, names],
  )
  const range = query.data?.pages[0]?.range
  return (
    <>
      {selection.flow && <p className="caption">{t('explain.stays')}</p>}
      {range && (
        <p className="caption">
          {t('explain.range', { days: format.dayRange(range.from, range.to), zone: range.time_zone })}
        </p>
      )}
      {query.isPending && <Skeleton height={420} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && (
        <>
          <div className={css.tools}>
            <span className="caption" role="status">
              {query.hasNextPage
                ? t('explain.first', { number: format.number(rows.length) })
                : t('explain.all', { count: rows.length, number: format.number(rows.length) })}
            </span>
            <a className={toolClass} href={behindCsv(search, selection)} download>
              <Icon name="download" size={16} />
              {t('explain.csv')}
            </a>
          </div>
          {rows.length === 0 && <p className={`muted ${css.none}`}>{t('explain.none')}</p>}
          <ol className={css.list}>
            {rows.map((row) => (
              <Row key={row.key} row={row} zone={range?.time_zone ?? 'UTC'} />
            ))}
          </ol>
        </>
      )}
      {query.hasNextPage && (
        <div className={css.more}>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('explain.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function Row({ row, zone }: { row: BehindRow; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const way = [
    row.now && t('explain.now', { stage: row.now }),
    row.reason && row.origin && t('explain.lostFrom', { reason: row.reason, stage: row.origin }),
    !row.reason && row.origin && t('explain.leftFrom', { stage: row.origin }),
    !row.now && !row.origin && row.furthest && t('journey.furthest', { stage: row.furthest }),
  ].filter(Boolean)
  return (
    <li>
      <Link to="/contacts/$id" params={{ id: row.contact }} className={css.name}>
        {row.name ?? t('contacts.unnamed')}
      </Link>
      <span className={css.outcome} style={{ color: `var(--${row.outcome})` }}>
        <i style={{ background: `var(--${row.outcome})` }} aria-hidden="true" />
        {t(`outcome.${row.outcome}`)}
      </span>
      <span className="caption">
        {t('journey.entered', { at: format.moment(row.enteredAt, zone) })}
        {row.n > 1 && ` · ${t('journey.number', { n: row.n })}`}
        <br />
        {way.join(' · ')}
      </span>
      <span className={`caption ${css.right}`}>{row.seconds !== null && format.duration(row.seconds)}</span>
    </li>
  )
}
