import type { Palette } from './palette'

/** What all charts share: axes without boxes, few ticks, hairlines. Pure. */

export const GRID = { left: 56, right: 20, top: 16, bottom: 28 }

export function categoryAxis(palette: Palette, data: string[], extra: object = {}) {
  return {
    type: 'category' as const,
    data,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.lineStrong } },
    axisLabel: { color: palette.ink2, fontSize: 12, hideOverlap: true },
    ...extra,
  }
}

export function valueAxis(palette: Palette, format: (value: number) => string, extra: object = {}) {
  return {
    type: 'value' as const,
    splitNumber: 4,
    min: 0,
    max: undefined, // the library merges options: that of the axis before would hold on
    axisLabel: { color: palette.ink2, fontSize: 12, formatter: format },
    splitLine: { lineStyle: { color: palette.line } },
    ...extra,
  }
}

/** Where an axis of shares may end: each is a whole number of the even steps that the library takes to it. */
const TOPS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8]

/** The axis of shares has a little room above the highest, and ends at all of them, never beyond. */
export function shareAxis(palette: Palette, format: (value: number) => string) {
  const max = (of: { max: number }) => TOPS.find((top) => of.max + 0.02 <= top) ?? 1
  return valueAxis(palette, format, { splitNumber: 5, max })
}

export interface TipLine {
  text: string
  color?: string
}

/** A tooltip made of text nodes: names of groups come from outside and are never read as markup. */
export function tip(head: string, lines: TipLine[]): HTMLElement {
  const box = document.createElement('div')
  const first = document.createElement('div')
  first.textContent = head
  first.style.fontWeight = '600'
  box.append(first)
  for (const line of lines) {
    const row = document.createElement('div')
    if (line.color) {
      const dot = document.createElement('span')
      Object.assign(dot.style, { display: 'inline-block', width: '8px', height: '8px', borderRadius: '2px' })
      Object.assign(dot.style, { background: line.color, marginRight: '6px' })
      row.append(dot)
    }
    row.append(line.text)
    box.append(row)
  }
  return box
}

export function tooltip(palette: Palette, content: (index: number) => HTMLElement) {
  return {
    trigger: 'axis' as const,
    confine: true,
    // A sentence in it is longer than a phone is wide.
    extraCssText: 'white-space: normal; width: max-content; max-width: min(320px, 100vw - 56px)',
    transitionDuration: 0,
    backgroundColor: palette.surface,
    borderColor: palette.line,
    textStyle: { color: palette.ink, fontSize: 12, fontFamily: 'inherit' },
    axisPointer: { type: 'line' as const, lineStyle: { color: palette.lineStrong, type: 'solid' as const } },
    formatter: (points: { dataIndex: number } | { dataIndex: number }[]) =>
      content((Array.isArray(points) ? points[0] : points)?.dataIndex ?? 0),
  }
}

/** The pale area between two lines, as two stacked series that cannot be picked. */
export function band(
  low: (number | null)[],
  high: (number | null)[],
  color: string,
  id: string,
  step?: 'end',
) {
  const shared = {
    type: 'line' as const,
    stack: id,
    step,
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
  }
  const height = high.map((value, i) => {
    const from = low[i]
    return value === null || from === null || from === undefined ? null : value - from
  })
  return [
    { ...shared, id: `${id}-low`, data: low },
    { ...shared, id: `${id}-band`, data: height, areaStyle: { color, opacity: 0.14 } },
  ]
}

/** Hatching behind the periods that may still change: bars of full height on an axis of their own. */
export function hatch(flags: boolean[], palette: Palette) {
  return {
    id: 'hatch',
    type: 'bar' as const,
    yAxisIndex: 1,
    silent: true,
    barWidth: '100%',
    // Without it, the hatching would leave bars of a period no room.
    barGap: '-100%',
    z: 0,
    data: flags.map((on) => (on ? 1 : null)),
    itemStyle: {
      color: 'transparent',
      decal: {
        color: palette.lineStrong,
        dashArrayX: [1, 0],
        dashArrayY: [1, 6],
        rotation: -Math.PI / 4,
      },
    },
  }
}

export const HIDDEN_AXIS = { type: 'value' as const, show: false, min: 0, max: 1 }
