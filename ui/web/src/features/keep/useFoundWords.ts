import { useTranslation } from 'react-i18next'
import type { Alert } from '@/api/keep'
import { useFormat } from '@/lib/useFormat'

/** What an alert watches, and when it tells. */
export function useWatched() {
  const { t } = useTranslation()
  return (alert: Alert) => {
    const actor = alert.actor ? ` (${t(`actor.${alert.actor}`)})` : ''
    return `${t(`keep.metrics.${alert.metric}`)}${actor}, ${t(`keep.directions.${alert.direction}`)}`
  }
}

/** What the last look of an alert found. A refusal of the report has only the server's words. */
export function useFoundWords() {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ metric, found, why }: Alert): string => {
    if (!found) return why || '–'
    if (!found.known) return t(metric === 'changes' ? 'keep.foundFewDays' : 'keep.foundFew')
    const rate = metric === 'conversion_rate' || metric === 'drop_off_rate'
    const write = (value: number) =>
      rate ? format.rate(value) : format.decimal(value, Number.isInteger(value) ? 0 : 1)
    const { from, to } = found.range
    return t(metric === 'changes' ? 'keep.foundDay' : 'keep.found', {
      value: write(found.value),
      usual: write(found.usual),
      days: from === to ? format.day(from) : format.dayRange(from, to),
      before: found.before ? format.dayRange(found.before.from, found.before.to) : '',
    })
  }
}
