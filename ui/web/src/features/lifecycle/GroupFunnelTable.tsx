import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Behind } from '@/features/explain/Behind'
import { groupOf } from '@/features/explain/selection'
import { useFormat } from '@/lib/useFormat'
import type { GroupBar, GroupedStage } from './groupFunnel'
import type { GroupNames } from './useGroupName'

interface Row {
  key: string
  name: string
  bars: GroupBar[]
}

/** The funnel by group as a table: a row for each group, a column for each stage. */
export default function GroupFunnelTable(props: { stages: GroupedStage[]; nameOf: GroupNames }) {
  const { stages, nameOf } = props
  const { t } = useTranslation()
  const format = useFormat()
  const rows: Row[] = (stages[0]?.bars ?? []).map(({ group }, i) => ({
    key: group ? groupOf(group) : 'all',
    name: nameOf(group),
    bars: stages.flatMap((stage) => stage.bars[i] ?? []),
  }))
  const columns: Column<Row>[] = [
    { id: 'group', header: t('trend.group'), sort: (row) => row.name, cell: (row) => row.name },
    ...stages.map((stage, i): Column<Row> => ({
      id: stage.id,
      header: stage.name,
      numeric: true,
      sort: (row) => row.bars[i]?.share,
      cell: ({ bars }) => {
        const bar = bars[i]
        if (!bar) return null
        return (
          <Behind
            selection={{ reached: stage.id, group: bar.group ? groupOf(bar.group) : undefined }}
            count={bar.reached}
          >
            {t('funnel.groupCell', {
              share: bar.share === null ? '–' : format.rate(bar.share),
              number: format.number(bar.reached),
            })}
          </Behind>
        )
      },
    })),
  ]
  return <DataTable label={t('funnel.title')} columns={columns} rows={rows} rowKey={(row) => row.key} />
}
