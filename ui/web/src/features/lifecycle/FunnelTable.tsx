import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { Behind } from '@/features/explain/Behind'
import { useFormat } from '@/lib/useFormat'
import type { FunnelRow } from './stageModel'

/** The numbers of the funnel as a table. */
export default function FunnelTable({ rows }: { rows: FunnelRow[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns: Column<FunnelRow>[] = [
    { id: 'stage', header: t('stage.name'), cell: (row) => row.name },
    {
      id: 'reached',
      header: t('stage.reached'),
      numeric: true,
      sort: (r) => r.reached,
      cell: (r) => (
        <Behind selection={{ reached: r.id }} count={r.reached}>
          {format.number(r.reached)}
        </Behind>
      ),
    },
    {
      id: 'visited',
      header: t('stage.visited'),
      numeric: true,
      sort: (r) => r.visited,
      cell: (r) => (
        <Behind selection={{ visited: r.id }} count={r.visited}>
          {format.number(r.visited)}
        </Behind>
      ),
    },
    {
      id: 'share',
      header: t('stage.share'),
      numeric: true,
      sort: (r) => r.share,
      cell: (r) => (r.share === null ? <Nothing reason={t('nothing.noneEntered')} /> : format.rate(r.share)),
    },
    {
      id: 'drop',
      header: t('funnel.notNext'),
      numeric: true,
      sort: (r) => r.drop?.rate,
      cell: (r) =>
        r.drop?.rate == null ? (
          <Nothing reason={r.drop ? t('nothing.noneReached') : t('nothing.noDrop')} />
        ) : (
          <Behind selection={{ reached: r.id, not_reached: r.drop.nextId }} count={r.drop.count}>
            {t('funnel.drop', { rate: format.rate(r.drop.rate), number: format.number(r.drop.count) })}
          </Behind>
        ),
    },
  ]
  return <DataTable label={t('funnel.title')} columns={columns} rows={rows} rowKey={(row) => row.id} />
}
