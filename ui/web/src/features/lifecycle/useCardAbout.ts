import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import type { About } from '@/components/CallOut'
import { useFormat } from '@/lib/useFormat'
import type { CardRow } from './model'

/** What one of the four figures tells, with its own numbers. */
export function useCardAbout(row: CardRow, report: LifecycleReport): About {
  const { t } = useTranslation()
  const format = useFormat()
  const won = report.stages?.find((stage) => stage.stage.kind === 'won')?.stage.name ?? t('outcome.won')
  const params = {
    number: format.number(row.count),
    of: format.number(row.of),
    won,
    rate: row.kind === 'rate' && row.value !== null ? format.rate(row.value) : '',
    mean: row.kind === 'duration' && row.value !== null ? format.duration(row.value) : '',
    median: row.spread?.median == null ? '–' : format.duration(row.spread.median),
  }
  return {
    tells: t(`card.${row.id}.tells`, { won }),
    matters: t(`card.${row.id}.matters`),
    example: row.value === null ? t(`card.${row.id}.nothing`) : t(`card.${row.id}.example`, params),
  }
}
