import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { About } from '@/components/CallOut'
import { useFormat } from '@/lib/useFormat'
import type { LostRow } from './lossModel'

/** What the columns of the reasons tell, by the largest reason. */
export function useLostAbout(
  rows: LostRow[],
  total: number,
): Record<'count' | 'share' | 'time' | 'origins', About> {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const row = rows[0]
    const values = {
      reason: row?.name ?? '–',
      count: format.number(row?.count ?? 0),
      total: format.number(total),
      share: row?.share == null ? '–' : format.rate(row.share),
      mean: row?.spread?.mean == null ? '–' : format.duration(row.spread.mean),
      median: row?.spread?.median == null ? '–' : format.duration(row.spread.median),
      origin: row?.origins[0]?.name ?? '–',
      from: format.number(row?.origins[0]?.count ?? 0),
    }
    const about = (id: 'count' | 'share' | 'time' | 'origins'): About => ({
      tells: t(`about.lost.${id}.tells`),
      matters: t(`about.lost.${id}.matters`),
      example: t(`about.lost.${id}.example`, values),
    })
    return { count: about('count'), share: about('share'), time: about('time'), origins: about('origins') }
  }, [t, format, rows, total])
}
