import { LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, number, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { describe, expect, it } from 'vitest'
import { shareAxis, valueAxis } from './axes'
import type { Palette } from './palette'

const axis = shareAxis({} as Palette, String) as unknown as {
  splitNumber: number
  max: (of: { max: number }) => number
}

describe('the axis of shares', () => {
  it('ends above the highest, at all of them at most', () => {
    expect([0, 0.05, 0.31, 0.79, 1].map((max) => axis.max({ max }))).toEqual([0.05, 0.1, 0.4, 1, 1])
    expect(axis.max({ max: Number.NaN })).toBe(1)
  })
  it('ends at a tick', () => {
    for (let max = 0; max < 1; max += 0.01) {
      const end = axis.max({ max })
      const ticks = end / number.nice(end / axis.splitNumber, true)
      expect(ticks).toBeCloseTo(Math.round(ticks), 9)
    }
  })
})

it('an axis of numbers that follows one of shares ends above the highest number', () => {
  use([LineChart, GridComponent, SVGRenderer])
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 300 })
  const show = (yAxis: object, data: number[]) => {
    chart.setOption({ xAxis: { type: 'category' }, yAxis, series: [{ type: 'line', data }] })
    return chart.convertToPixel({ yAxisIndex: 0 }, Math.max(...data))
  }
  expect(show(shareAxis({} as Palette, String), [0.1, 0.3])).toBeGreaterThan(0)
  expect(show(valueAxis({} as Palette, String), [10, 300])).toBeGreaterThan(0)
  chart.dispose()
})
