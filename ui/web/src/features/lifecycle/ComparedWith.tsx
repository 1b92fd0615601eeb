import { useTranslation } from 'react-i18next'
import { useFormat } from '@/lib/useFormat'
import type { Dated } from './model'
import { daysIn, holdsToday } from './model'

/** Which days a report is compared with; nothing where it is with none. That they are whole is said beside today. */
export function ComparedWith({ report }: { report: Dated & { compare: Pick<Dated, 'range'> | null } }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!report.compare) return null
  const days = format.dayRange(report.compare.range.from, report.compare.range.to)
  const count = daysIn(report.compare)
  return holdsToday(report) ? t('card.comparedToday', { days, count }) : t('card.compared', { days, count })
}
