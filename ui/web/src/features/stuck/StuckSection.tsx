import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tableOptions } from '@/api/tables'
import type { Column } from '@/components/DataTable'
import { Section, Skeleton } from '@/components/states'
import { ReportTable } from '@/features/lifecycle/ReportTable'
import type { ReportSearch } from '@/features/lifecycle/search'
import { useNoticeText } from '@/features/lifecycle/useNoticeText'
import { useFormat } from '@/lib/useFormat'
import type { StuckRow } from './model'
import { stuckRows } from './model'

const FIRST = 10
const MORE = 100

/** Who waits longer than nine of ten did in the same stage: the contacts to call today. */
export default function StuckSection({ search }: { search: ReportSearch }) {
  const { t } = useTranslation()
  const format = useFormat()
  const noticeText = useNoticeText()
  const [limit, setLimit] = useState(FIRST)
  const query = useQuery(tableOptions('stuck', search, { limit }))
  const rows = useMemo(() => stuckRows(query.data?.items ?? []), [query.data])
  const zone = query.data?.range.time_zone ?? 'UTC'
  const columns = useStuckColumns(rows, zone)
  const notices =
    query.data?.notices.filter((one) => one.kind === 'few_stays' || one.kind === 'window_ignored') ?? []
  if (!query.data) return <Skeleton height={480} />
  if (rows.length === 0) {
    return (
      <Section id="stuck" title={t('stuck.title')} text={t('stuck.text')}>
        <p className="muted">{t('stuck.none')}</p>
        {notices.map((one) => (
          <p key={one.text} className="caption">
            {noticeText(one)}
          </p>
        ))}
      </Section>
    )
  }
  const worst = rows[0]
  return (
    <ReportTable
      id="stuck"
      title={t('stuck.title')}
      text={t('stuck.text')}
      about={{
        tells: t('about.stuck.tells'),
        matters: t('about.stuck.matters'),
        example: t('about.stuck.example', {
          name: worst?.name ?? t('contacts.unnamed'),
          stage: worst?.stage ?? '',
          waiting: format.duration(worst?.waiting ?? 0),
          usual: format.duration(worst?.usual ?? 0),
        }),
      }}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      table="stuck"
      search={search}
    >
      {notices.map((one) => (
        <p key={one.text} className="caption">
          {noticeText(one)}
        </p>
      ))}
      {query.data.next && limit < 1000 && (
        <p className="row">
          <span className="caption">{t('stuck.longest', { count: rows.length })}</span>
          <Button
            variant="subtle"
            size="compact-sm"
            loading={query.isFetching && query.isPlaceholderData}
            onClick={() => setLimit(limit === FIRST ? MORE : 1000)}
          >
            {t('explain.more')}
          </Button>
        </p>
      )}
    </ReportTable>
  )
}

function useStuckColumns(rows: StuckRow[], zone: string): Column<StuckRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const first = rows[0]
    const values = {
      stage: first?.stage ?? '–',
      waiting: format.duration(first?.waiting ?? 0),
      usual: format.duration(first?.usual ?? 0),
      times: format.decimal(first?.times ?? 0, 1),
    }
    const about = (id: 'waiting' | 'usual' | 'times') => ({
      tells: t(`about.stuckColumns.${id}.tells`),
      matters: t(`about.stuckColumns.${id}.matters`),
      example: t(`about.stuckColumns.${id}.example`, values),
    })
    return [
      {
        id: 'contact',
        header: t('stuck.contact'),
        sort: (row) => row.name,
        cell: (row) => (
          <Link to="/contacts/$id" params={{ id: row.contact }}>
            {row.name ?? t('contacts.unnamed')}
          </Link>
        ),
      },
      { id: 'stage', header: t('stage.name'), sort: (row) => row.stage, cell: (row) => row.stage },
      {
        id: 'waiting',
        header: t('stuck.waiting'),
        about: about('waiting'),
        numeric: true,
        sort: (row) => row.waiting,
        cell: (row) => format.duration(row.waiting),
      },
      {
        id: 'usual',
        header: t('stuck.usual'),
        about: about('usual'),
        numeric: true,
        sort: (row) => row.usual,
        cell: (row) => format.duration(row.usual),
      },
      {
        id: 'times',
        header: t('stuck.times'),
        about: about('times'),
        numeric: true,
        sort: (row) => row.times,
        cell: (row) => t('stuck.factor', { number: format.decimal(row.times, 1) }),
      },
      {
        id: 'since',
        header: t('stuck.since'),
        sort: (row) => row.since,
        cell: (row) => format.moment(row.since, zone),
      },
      {
        id: 'entered',
        header: t('stuck.entered'),
        sort: (row) => row.enteredAt,
        cell: (row) => format.moment(row.enteredAt, zone),
      },
    ]
  }, [t, format, rows, zone])
}
