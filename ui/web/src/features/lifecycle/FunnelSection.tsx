import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { Funnel } from '@/charts/Funnel'
import { funnelSvg } from '@/charts/funnelSvg'
import { readPalette } from '@/charts/palette'
import { ExportMenu } from '@/components/ExportMenu'
import { Section, Skeleton, toolClass } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import { GroupFunnel } from './GroupFunnel'
import type { GroupedStage } from './groupFunnel'
import { groupFunnel } from './groupFunnel'
import type { FilterName } from './search'
import type { FunnelRow } from './stageModel'
import { funnelRows, largestDrop } from './stageModel'
import type { GroupNames } from './useGroupName'
import { useGroupName } from './useGroupName'

const FunnelTable = lazy(() => import('./FunnelTable'))
const GroupFunnelTable = lazy(() => import('./GroupFunnelTable'))

export function FunnelSection({ report, by }: { report: LifecycleReport; by?: FilterName }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const draw = useDrawing()
  const nameOf = useGroupName(by)
  const drawGroups = useGroupDrawing(nameOf)
  const rows = funnelRows(report.stages ?? [])
  const grouped = groupFunnel(report.stages ?? [], report.groups ?? [], report.summary)
  const byGroup = Boolean(report.groups?.length)
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
            drawing={asTable ? undefined : () => (byGroup ? drawGroups(grouped) : draw(rows))}
          />
        </>
      }
    >
      {asTable ? (
        <Suspense fallback={<Skeleton height={rows.length * 40} />}>
          <div ref={box}>
            {byGroup ? <GroupFunnelTable stages={grouped} nameOf={nameOf} /> : <FunnelTable rows={rows} />}
          </div>
        </Suspense>
      ) : byGroup ? (
        <GroupFunnel stages={grouped} label={text} nameOf={nameOf} />
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

/** The funnel by group as a file shows it: a bar for each group of each stage. */
function useGroupDrawing(nameOf: GroupNames) {
  const { t } = useTranslation()
  const format = useFormat()
  return (stages: GroupedStage[]): string => {
    const palette = readPalette()
    const { ink, ink2: muted, paper, stageFrom: from, stageTo: to, wedge, lost, left, groups } = palette
    const words = stages.flatMap((stage) =>
      stage.bars.map(({ group, colour, reached, share, visitedShare }) => ({
        name: group ? nameOf(group) : stage.name,
        depth: 1,
        fill: group ? (colour === null ? left : groups[colour]) : ink,
        width: share ?? 0,
        visitedWidth: visitedShare,
        nextWidth: null,
        reached: format.number(reached),
        share: share === null ? '' : format.rate(share),
        drop: '',
      })),
    )
    return funnelSvg(t('funnel.title'), words, { ink, muted, paper, from, to, wedge, lost })
  }
}
