import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Selection } from '@/features/explain/selection'
import type { Metric, ReportSearch } from '@/features/lifecycle/search'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import type { Trend } from './model'
import { course, kindOf, metricOf } from './model'
import type { TrendWords } from './option'

const SHORT = { day: 'numeric', month: 'short' } as const

/** The trend in words: its sentence, its call-out, its tooltips. */
export function useTrendWords(search: ReportSearch, data: Trend | undefined, ripe: number | null) {
  const { t } = useTranslation()
  const format = useFormat()
  const metric = metricOf(search)
  const groupName = useGroupName(search.group_by)
  return useMemo(() => {
    const kind = kindOf(metric)
    const print = { rate: format.rate, duration: format.duration, count: format.number }[kind]
    const name = t(`trend.metrics.${metric}`)
    const days = (i: number) => {
      const period = data?.periods[i]
      return period ? format.dayRange(period.from, period.to) : ''
    }
    const way = data && course(data)
    const text = way
      ? t('trend.text', {
          metric: name,
          from: print(way.from),
          to: print(way.to),
          first: format.dayRange(way.first.from, way.first.to),
          last: format.dayRange(way.last.from, way.last.to),
        })
      : t('trend.textShort', { metric: name })
    const young = ripe === null ? t('trend.youngOver') : t('trend.young', { time: format.duration(ripe) })
    const forChart = (colors: string[]): TrendWords => ({
      period: days,
      axis: (i) => format.day(data?.periods[i]?.from ?? '1970-01-01', SHORT),
      value:
        kind === 'duration'
          ? (value) => t('trend.axisDays', { number: format.number(Math.round(value / 8640) / 10) })
          : (value) =>
              kind === 'rate'
                ? t('trend.axisRate', { number: format.number(Math.round(value * 100)) })
                : format.number(value),
      tip: (n, i) => {
        const line = data?.lines[n]
        const point = line?.points[i]
        if (!point) return []
        const value = point.value === null ? '–' : print(point.value)
        const head = line.group ? `${groupName(line.group)}: ${value}` : `${name}: ${value}`
        const lines: { text: string; color?: string }[] = [{ text: head, color: colors[n] }]
        if (!line.group && point.low !== null && point.high !== null) {
          lines.push({
            text: t('card.interval', { low: format.rate(point.low), high: format.rate(point.high) }),
          })
        }
        if (!line.group) lines.push({ text: t('trend.of', { number: format.number(point.entered) }) })
        return lines
      },
      young,
    })
    const about = {
      tells: t('about.trend.tells'),
      matters: t('about.trend.matters'),
      example: text,
    }
    return { kind, print, name, days, text, young, about, forChart, groupName, selection: selectionOf }
  }, [t, format, metric, groupName, data, ripe])
}

/** The journeys that a figure of a period is made of. */
function selectionOf(metric: Metric): Selection {
  switch (metric) {
    case 'conversion_rate':
    case 'time_to_conversion':
    case 'won':
      return { outcome: 'won' }
    case 'drop_off_rate':
    case 'time_to_drop_off':
    case 'lost':
      return { outcome: 'lost' }
    case 'entered':
      return {}
  }
}
