import type { EChartsCoreOption } from 'echarts/core'
import {
  band,
  categoryAxis,
  GRID,
  hatch,
  HIDDEN_AXIS,
  shareAxis,
  tip,
  tooltip,
  valueAxis,
} from '@/charts/axes'
import type { Palette } from '@/charts/palette'
import type { Metric } from '@/features/lifecycle/search'
import type { Trend } from './model'
import { kindOf } from './model'

/** The trend as the chart library takes it. Pure: words and formats come in. */

export interface TrendWords {
  period: (i: number) => string
  axis: (i: number) => string
  value: (value: number) => string
  tip: (line: number, i: number) => { text: string; color?: string }[]
  young: string
}

export const TREND_GRID = { ...GRID, top: 36 }

function colorOf(metric: Metric, palette: Palette): string {
  if (metric === 'drop_off_rate' || metric === 'lost' || metric === 'time_to_drop_off') return palette.lost
  return metric === 'entered' ? palette.open : palette.won
}

export function trendColors(trend: Trend, metric: Metric, palette: Palette): string[] {
  if (trend.lines.length === 1) return [colorOf(metric, palette)]
  return trend.lines.map((line, i) =>
    line.group?.kind === 'value' ? (palette.groups[i % 10] ?? palette.accent) : palette.left,
  )
}

export function trendOption(
  trend: Trend,
  metric: Metric,
  palette: Palette,
  words: TrendWords,
): EChartsCoreOption {
  const colors = trendColors(trend, metric, palette)
  const counts = kindOf(metric) === 'count'
  const rate = kindOf(metric) === 'rate'
  const single = trend.lines.length === 1
  const series = trend.lines.flatMap((line, n): object[] => {
    const color = colors[n] ?? palette.accent
    const values = line.points.map((point) => point.value)
    if (counts && single) return [bars(values, color)]
    const low = line.points.map((point) => point.low)
    const high = line.points.map((point) => point.high)
    const bands = single && rate ? band(low, high, color, 'interval') : []
    return [...bands, ...courses(values, trend.solid, color, line.key)]
  })
  return {
    grid: TREND_GRID,
    tooltip: tooltip(palette, (i) => {
      const lines = trend.lines.flatMap((_, n) => words.tip(n, i))
      return tip(words.period(i), trend.periods[i]?.young ? [...lines, { text: words.young }] : lines)
    }),
    xAxis: categoryAxis(
      palette,
      trend.periods.map((_, i) => words.axis(i)),
    ),
    yAxis: [
      rate
        ? shareAxis(palette, words.value)
        : valueAxis(palette, words.value, { minInterval: counts ? 1 : undefined }),
      HIDDEN_AXIS,
    ],
    series: [
      hatch(
        trend.periods.map((period) => period.young),
        palette,
      ),
      ...series,
    ],
  }
}

function bars(values: (number | null)[], color: string) {
  return {
    id: 'bars',
    type: 'bar' as const,
    data: values,
    barWidth: '60%',
    barMaxWidth: 28,
    itemStyle: { color, borderRadius: [2, 2, 0, 0] },
    cursor: 'pointer',
  }
}

/** One line in two parts: solid as far as the journeys have had their time, dashed from there. */
function courses(values: (number | null)[], solid: number, color: string, key: string) {
  const shared = {
    type: 'line' as const,
    symbol: 'circle',
    symbolSize: values.length > 40 ? 3 : 6,
    showSymbol: true,
    itemStyle: { color },
    cursor: 'pointer',
  }
  const ripe = values.map((value, i) => (i < solid ? value : null))
  const young = values.map((value, i) => (i >= solid - 1 ? value : null))
  return [
    { ...shared, id: `${key}-ripe`, data: ripe, lineStyle: { color, width: 2 } },
    { ...shared, id: `${key}-young`, data: young, lineStyle: { color, width: 2, type: [4, 4] } },
  ]
}
