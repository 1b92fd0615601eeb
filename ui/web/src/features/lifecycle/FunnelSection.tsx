import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { Funnel } from '@/charts/Funnel'
import { Section, Skeleton, toolClass } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import { funnelRows, largestDrop } from './stageModel'

const FunnelTable = lazy(() => import('./FunnelTable'))

export function FunnelSection({ report }: { report: LifecycleReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const rows = funnelRows(report.stages ?? [])
  const drop = largestDrop(rows)
  const last = rows.find((row) => row.won) ?? rows.at(-1)
  const text = [
    t('funnel.text', {
      entered: format.number(report.summary.entered),
      reached: format.number(last?.reached ?? 0),
      last: last?.name ?? '',
    }),
    drop?.drop && drop.drop.rate !== null
      ? t('funnel.textDrop', { from: drop.name, to: drop.drop.next, rate: format.rate(drop.drop.rate) })
      : '',
  ].join(' ')

  return (
    <Section
      id="funnel"
      title={t('funnel.title')}
      text={text}
      tools={
        <button
          type="button"
          className={toolClass}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('funnel.asChart') : t('funnel.asTable')}
        </button>
      }
    >
      {asTable ? (
        <Suspense fallback={<Skeleton height={rows.length * 40} />}>
          <FunnelTable rows={rows} />
        </Suspense>
      ) : (
        <Funnel rows={rows} label={text} />
      )}
    </Section>
  )
}
