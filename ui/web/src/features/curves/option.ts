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
import type { GroupNames } from '@/features/lifecycle/useGroupName'
import type { Bucket, Curve, Exit } from './model'
import { longest, sayable } from './model'

/** The curves and the histogram as the chart library takes them. Pure: words and formats come in. */

/** More bands than these lie on each other and say nothing. */
const BANDS = 3

export function curveColor(curve: Curve, i: number, exit: Exit, palette: Palette): string {
  if (!curve.group) return palette[exit]
  return curve.group.kind === 'value' ? (palette.groups[i % 10] ?? palette.accent) : palette.left
}

interface CurveWords {
  rate: (value: number) => string
  percent: (value: number) => string
  day: (day: number) => string
  exit: (exit: Exit) => string
  few: string
  group: GroupNames
}

export function curveOption(
  all: Curve[],
  exit: Exit,
  palette: Palette,
  words: CurveWords,
): EChartsCoreOption {
  const last = longest(all)
  const days = Array.from({ length: last + 1 }, (_, i) => String(i))
  const exits: Exit[] = all.length === 1 && !all[0]?.group ? ['won', 'lost'] : [exit]
  const bands = all.length <= BANDS
  const series = all.flatMap((curve, n) =>
    exits.flatMap((one): object[] => {
      const color = curve.group ? curveColor(curve, n, one, palette) : palette[one]
      const id = `${curve.key}-${one}`
      const line = {
        id,
        type: 'line' as const,
        step: 'end' as const,
        symbol: 'none',
        triggerLineEvent: true,
        data: curve.days.map((day) => day[one].value),
        lineStyle: { color, width: 2 },
        itemStyle: { color },
        endLabel: { show: exits.length > 1, color, formatter: words.exit(one), fontSize: 12 },
      }
      const low = curve.days.map((day) => day[one].low)
      const high = curve.days.map((day) => day[one].high)
      return bands ? [...band(low, high, color, `${id}-ci`, 'end'), line] : [line]
    }),
  )
  return {
    grid: { ...GRID, right: exits.length > 1 ? room(exits.map(words.exit)) : GRID.right },
    tooltip: tooltip(palette, (i) => tip(words.day(i), lines(all, exits, i, palette, words))),
    xAxis: [dayAxis(palette, days), { type: 'category' as const, data: days, show: false }],
    yAxis: [shareAxis(palette, words.percent), HIDDEN_AXIS],
    series: [{ ...hatch(thin(all, days.length), palette), xAxisIndex: 1 }, ...series],
  }
}

/** Width that the names at the ends of the curves take, generously: a letter of 12 px is seldom wider than 8. */
function room(names: string[]): number {
  return 12 + 8 * Math.max(...names.map((name) => name.length))
}

/** Few of the days are told: every week, or every month of 30 days. */
function dayAxis(palette: Palette, days: string[]) {
  const axis = categoryAxis(palette, days, { boundaryGap: false })
  const step = days.length > 180 ? 30 : days.length > 21 ? 7 : 1
  return { ...axis, axisLabel: { ...axis.axisLabel, interval: (day: number) => day % step === 0 } }
}

/** Days to which too few journeys of any group were followed. */
export function thin(all: Curve[], length: number): boolean[] {
  const known = Math.max(-1, ...all.map((curve) => sayable(curve)?.day ?? -1))
  return Array.from({ length }, (_, i) => i > known)
}

function lines(all: Curve[], exits: Exit[], i: number, palette: Palette, words: CurveWords) {
  return all.flatMap((curve, n) => {
    const day = curve.days[i]
    if (!day) return []
    return exits.map((exit) => {
      const { value, low, high } = day[exit]
      const name = curve.group ? words.group(curve.group) : words.exit(exit)
      const color = curve.group ? curveColor(curve, n, exit, palette) : palette[exit]
      return { text: `${name}: ${words.rate(value)} (${words.rate(low)} – ${words.rate(high)})`, color }
    })
  })
}

interface BucketWords {
  number: (value: number) => string
  edge: (seconds: number) => string
  span: (bucket: Bucket) => string
  count: (bucket: Bucket) => string
}

export function bucketOption(
  all: Bucket[],
  exit: Exit,
  palette: Palette,
  words: BucketWords,
): EChartsCoreOption {
  return {
    grid: GRID,
    tooltip: tooltip(palette, (i) => {
      const bucket = all[i]
      return bucket
        ? tip(words.span(bucket), [{ text: words.count(bucket), color: palette[exit] }])
        : tip('', [])
    }),
    xAxis: categoryAxis(
      palette,
      all.map((bucket) => words.edge(bucket.from)),
    ),
    yAxis: valueAxis(palette, words.number, { minInterval: 1 }),
    series: [
      {
        id: 'buckets',
        type: 'bar' as const,
        barCategoryGap: '8%',
        cursor: 'pointer',
        data: all.map((bucket) => bucket.count),
        itemStyle: { color: palette[exit], borderRadius: [2, 2, 0, 0] },
      },
    ],
  }
}
