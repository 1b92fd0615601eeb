import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import type { Column } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { toolClass } from '@/components/states'
import { Behind } from '@/features/explain/Behind'
import { groupOf } from '@/features/explain/selection'
import { useFormat } from '@/lib/useFormat'
import css from './Lifecycle.module.css'
import { ChangeMark } from './ChangeMark'
import { Claim } from './Claim'
import { useColumnAbout } from './columnAbout'
import { GroupSentence } from './GroupSentence'
import { ReportTable } from './ReportTable'
import type { FilterName, ReportSearch } from './search'
import { withFilter } from './search'
import type { Change, GroupRow } from './stageModel'
import { groupRows } from './stageModel'
import { useGroupName } from './useGroupName'

interface Props {
  report: LifecycleReport
  by: FilterName
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

/** Groups side by side, each tested against all the others; a difference is claimed only where it stands. */
export function GroupSection({ report, by, search, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { summary, groups } = report
  const rows = useMemo(
    () => groupRows(groups ?? [], summary.entered, summary.conversion_rate),
    [groups, summary.entered, summary.conversion_rate],
  )
  const top = Math.max(0.01, ...rows.map((row) => row.interval?.[1] ?? row.conversion ?? 0))
  const columnAbout = useColumnAbout()
  const nameOf = useGroupName(by)
  const first = rows[0] ? nameOf(rows[0]) : '–'
  const columns = useMemo<Column<GroupRow>[]>(() => {
    const row = rows[0]
    const rate = (value: number | null | undefined) => (value == null ? '–' : format.rate(value))
    const example = {
      where: first,
      entered: format.number(row?.entered ?? 0),
      won: format.number(row?.won ?? 0),
      lost: format.number(row?.lost ?? 0),
      rate: rate(row?.conversion),
      dropOff: rate(row?.dropOff),
      low: rate(row?.interval?.[0]),
      high: rate(row?.interval?.[1]),
      time: row?.timeToConversion == null ? '–' : format.duration(row.timeToConversion),
      differ: format.number(rows.filter((one) => one.claim === 'higher' || one.claim === 'lower').length),
      groups: format.number(rows.length),
    }
    const count = (id: 'entered' | 'won' | 'lost' | 'left' | 'open'): Column<GroupRow> => ({
      id,
      header: t(`outcome.${id}`),
      about: columnAbout(`count_${id}`, { where: example.where, number: format.number(row?.[id] ?? 0) }),
      numeric: true,
      sort: (row) => row[id],
      cell: (row) => (
        <Behind
          selection={{ group: groupOf(row), outcome: id === 'entered' ? undefined : id }}
          count={row[id]}
        >
          {format.number(row[id])}
        </Behind>
      ),
      total: (
        <Behind selection={{ outcome: id === 'entered' ? undefined : id }} count={summary[id]}>
          {format.number(summary[id])}
        </Behind>
      ),
    })
    return [
      {
        id: 'group',
        header: t(`filter.name.${by}`),
        sort: nameOf,
        cell: (row) => (
          <GroupName
            row={row}
            name={nameOf(row)}
            onPick={(value) => onChange(withFilter(search, by, [value]))}
          />
        ),
        total: t('table.total'),
      },
      count('entered'),
      count('won'),
      count('lost'),
      count('left'),
      count('open'),
      {
        id: 'conversion',
        header: t('group.conversion'),
        about: columnAbout('group_conversion', example),
        numeric: true,
        sort: (row) => row.conversion,
        cell: (row) =>
          row.conversion === null ? (
            <Nothing reason={t('nothing.noneEntered')} />
          ) : (
            <Changed change={row.changes.conversion}>
              <Behind selection={{ group: groupOf(row), outcome: 'won' }} count={row.won}>
                {format.rate(row.conversion)}
              </Behind>
            </Changed>
          ),
        total: summary.conversion_rate === null ? undefined : format.rate(summary.conversion_rate),
      },
      {
        id: 'interval',
        header: t('group.interval'),
        about: columnAbout('group_interval', example),
        cell: (row) => <Interval row={row} top={top} />,
      },
      {
        id: 'claim',
        header: t('group.differs'),
        about: columnAbout('group_claim', example),
        sort: (row) => row.p,
        cell: (row) => <Claim row={row} />,
      },
      {
        id: 'dropOff',
        header: t('stage.dropOff'),
        about: columnAbout('group_dropOff', example),
        numeric: true,
        sort: (row) => row.dropOff,
        cell: (row) =>
          row.dropOff === null ? (
            <Nothing reason={t('nothing.noneEntered')} />
          ) : (
            <Changed change={row.changes.dropOff}>
              <Behind selection={{ group: groupOf(row), outcome: 'lost' }} count={row.lost}>
                {format.rate(row.dropOff)}
              </Behind>
            </Changed>
          ),
      },
      {
        id: 'time',
        header: t('group.time'),
        about: columnAbout('group_time', example),
        numeric: true,
        sort: (row) => row.timeToConversion,
        cell: (row) =>
          row.timeToConversion === null ? (
            <Nothing reason={t('nothing.noTimes')} />
          ) : (
            <Changed change={row.changes.time}>
              <Behind selection={{ group: groupOf(row), outcome: 'won' }} count={row.won}>
                {format.duration(row.timeToConversion)}
              </Behind>
            </Changed>
          ),
      },
    ]
  }, [t, format, columnAbout, nameOf, by, search, onChange, summary, rows, first, top])
  return (
    <ReportTable
      id="groups"
      title={t('group.title', { by: t(`filter.lower.${by}`) })}
      text={[t('group.text'), report.compare && t('group.since')].filter(Boolean).join(' ')}
      about={{
        tells: t('about.groups.tells'),
        matters: t('about.groups.matters'),
        example: t('about.groups.example', {
          group: first,
          rate: rows[0]?.conversion == null ? '–' : format.rate(rows[0].conversion),
          low: format.rate(rows[0]?.interval?.[0] ?? 0),
          high: format.rate(rows[0]?.interval?.[1] ?? 0),
        }),
      }}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      search={search}
    >
      <GroupSentence rows={rows} by={by} />
    </ReportTable>
  )
}

/** A figure over what is different since the range before. */
function Changed({ change, children }: { change: Change | null; children: ReactNode }) {
  if (!change) return children
  return (
    <>
      {children}
      <span className={`caption ${css.changed}`}>
        <ChangeMark {...change} />
      </span>
    </>
  )
}

function GroupName(props: { row: GroupRow; name: string; onPick: (value: string) => void }) {
  const { row, name, onPick } = props
  const { t } = useTranslation()
  if (row.kind === 'other') return <span className="muted">{name}</span>
  return (
    <UnstyledButton className={toolClass} title={t('group.only')} onClick={() => onPick(row.value ?? '')}>
      {name}
    </UnstyledButton>
  )
}

function Interval({ row, top }: { row: GroupRow; top: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!row.interval || row.conversion === null) return <Nothing reason={t('nothing.noneEntered')} />
  const [low, high] = row.interval
  const at = (value: number) => `${((value / top) * 100).toFixed(1)}%`
  return (
    <span title={t('card.interval', { low: format.rate(low), high: format.rate(high) })}>
      <span className={css.interval} aria-hidden="true">
        <span style={{ left: at(low), width: at(high - low) }} />
        <i style={{ left: at(row.conversion) }} />
      </span>{' '}
      <span className="caption">{t('group.range', { low: format.rate(low), high: format.rate(high) })}</span>
    </span>
  )
}
