import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { Funnel } from '@/charts/Funnel'
import { funnelSvg } from '@/charts/funnelSvg'
import { readPalette } from '@/charts/palette'
import { ExportMenu } from '@/components/ExportMenu'
import { Section, Skeleton, toolClass } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import type { FunnelRow } from './stageModel'
import { funnelRows, largestDrop } from './stageModel'

const FunnelTable = lazy(() => import('./FunnelTable'))

export function FunnelSection({ report }: { report: LifecycleReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const draw = useDrawing()
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
      about={{
        tells: t('about.funnel.tells'),
        matters: t('about.funnel.matters'),
        example: text,
      }}
      tools={
        <>
          <button
            type="button"
            className={toolClass}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t('funnel.asChart') : t('funnel.asTable')}
          </button>
          <ExportMenu
            title={t('funnel.title')}
            table={asTable ? box : undefined}
            drawing={asTable ? undefined : () => draw(rows)}
          />
        </>
      }
    >
      {asTable ? (
        <Suspense fallback={<Skeleton height={rows.length * 40} />}>
          <div ref={box}>
            <FunnelTable rows={rows} />
          </div>
        </Suspense>
      ) : (
        <Funnel rows={rows} label={text} />
      )}
    </Section>
  )
}

/** The funnel as a file shows it. */
function useDrawing() {
  const { t } = useTranslation()
  const format = useFormat()
  return (rows: FunnelRow[]): string => {
    const { ink, ink2: muted, paper, stageFrom: from, stageTo: to, wedge, lost } = readPalette()
    const words = rows.map(({ drop, ...row }) => ({
      ...row,
      reached: format.number(row.reached),
      share: row.share === null ? '' : format.rate(row.share),
      nextWidth: drop?.nextWidth ?? null,
      drop:
        drop && drop.count > 0 && drop.rate !== null
          ? t('funnel.drop', { rate: format.rate(drop.rate), number: format.number(drop.count) })
          : '',
    }))
    return funnelSvg(t('funnel.title'), words, { ink, muted, paper, from, to, wedge, lost })
  }
}
