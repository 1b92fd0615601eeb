import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { useFormat } from '@/lib/useFormat'
import type { StageRow } from './stageModel'

const COLUMNS = [
  'reached',
  'visited',
  'conversion',
  'share',
  'dropOff',
  'lost',
  'left',
  'now',
  'mean',
  'median',
  'p90',
  'reasons',
  'waiting',
  'wonLater',
] as const

/** The columns of the stages with what each tells; the example is the first stage that has the number. */
export function useStageAbout(columns: Column<StageRow>[], rows: StageRow[]): Column<StageRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const rate = (value: number | null) => (value === null ? '–' : format.rate(value))
    const time = (value: number | null | undefined) => (value == null ? '–' : format.duration(value))
    const values = (row: StageRow) => ({
      stage: row.name,
      entered: format.number(rows[0]?.reached ?? 0),
      reached: format.number(row.reached),
      visited: format.number(row.visited),
      next: format.number(row.next?.reached ?? 0),
      conversion: rate(row.conversion),
      share: rate(row.shareOfEntered),
      lost: format.number(row.lost ?? 0),
      left: format.number(row.left ?? 0),
      now: format.number(row.now ?? 0),
      dropOff: rate(row.dropOff),
      wonLater: rate(row.wonLater),
      mean: time(row.time?.mean),
      median: time(row.time?.median),
      p90: time(row.time?.p90),
      waiting: time(row.waiting),
      reason: row.reasons[0]?.name ?? '–',
      count: format.number(row.reasons[0]?.count ?? 0),
    })
    return columns.map((column) => {
      const id = COLUMNS.find((one) => one === column.id)
      const row = rows.find((one) => column.sort?.(one) != null) ?? rows[0]
      if (!id || !row) return column
      const about = {
        tells: t(`about.stage.${id}.tells`),
        matters: t(`about.stage.${id}.matters`),
        example: t(`about.stage.${id}.example`, values(row)),
      }
      return { ...column, about }
    })
  }, [t, format, columns, rows])
}
