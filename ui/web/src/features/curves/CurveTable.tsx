import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Behind } from '@/features/explain/Behind'
import { groupOf } from '@/features/explain/selection'
import { useColumnAbout } from '@/features/lifecycle/columnAbout'
import type { GroupNames } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import type { Curve, CurveDay, Estimate, Exit } from './model'
import { tableDays } from './model'

interface Row {
  id: string
  curve: Curve
  day: CurveDay
}

/** The numbers behind the curves, at some of the days; the file has all. */
export function CurveTable({ all, nameOf }: { all: Curve[]; nameOf: GroupNames }) {
  const { t } = useTranslation()
  const format = useFormat()
  const grouped = all.some((curve) => curve.group)
  const rows = useMemo<Row[]>(
    () =>
      all.flatMap((curve) => tableDays(curve).map((day) => ({ id: `${curve.key}:${day.day}`, curve, day }))),
    [all],
  )
  const columnAbout = useColumnAbout()
  const columns = useMemo<Column<Row>[]>(() => {
    const last = rows.at(-1)?.day
    const example = (estimate: Estimate | undefined) => ({
      day: format.number(last?.day ?? 0),
      rate: format.rate(estimate?.value ?? 0),
      low: format.rate(estimate?.low ?? 0),
      high: format.rate(estimate?.high ?? 0),
    })
    const own = ({ curve }: Row) =>
      curve.group ? groupOf({ kind: curve.group.kind, value: curve.group.label }) : undefined
    const range = ({ low, high }: Estimate) =>
      t('group.range', { low: format.rate(low), high: format.rate(high) })
    const rate = (exit: Exit): Column<Row>[] => [
      {
        id: exit,
        header: t(`outcome.${exit}`),
        about: columnAbout('curves_rate', example(last?.[exit])),
        numeric: true,
        sort: (row) => row.day[exit].value,
        cell: (row) => (
          <Behind selection={{ outcome: exit, group: own(row) }} count={row.day[exit].value > 0 ? 1 : 0}>
            {format.rate(row.day[exit].value)}
          </Behind>
        ),
      },
      {
        id: `${exit}-interval`,
        header: t('curves.interval', { exit: t(`outcome.${exit}`) }),
        about: columnAbout('curves_interval', example(last?.[exit])),
        numeric: true,
        cell: (row) => <span className="muted">{range(row.day[exit])}</span>,
      },
    ]
    const group: Column<Row> = {
      id: 'group',
      header: t('trend.group'),
      sort: (row) => nameOf(row.curve.group),
      cell: (row) => nameOf(row.curve.group),
    }
    return [
      {
        id: 'day',
        header: t('curves.days'),
        sort: (row) => row.day.day,
        cell: (row) => format.number(row.day.day),
      },
      ...(grouped ? [group] : []),
      ...rate('won'),
      ...rate('lost'),
      {
        id: 'followed',
        header: t('curves.followed'),
        about: columnAbout('curves_followed', {
          day: format.number(last?.day ?? 0),
          number: format.number(last?.followed ?? 0),
        }),
        numeric: true,
        sort: (row) => row.day.followed,
        cell: (row) => format.number(row.day.followed),
      },
    ]
  }, [t, format, columnAbout, nameOf, rows, grouped])
  return <DataTable label={t('curves.title')} columns={columns} rows={rows} rowKey={(row) => row.id} />
}
