import { useReducedMotion } from '@mantine/hooks'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import type { RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'
import css from './Chart.module.css'
import { PAPER, usePrinting } from './usePrinting'

export interface Picked {
  series: number
  index: number
}

/** What a menu asks of a chart: its drawing, once there is one. */
export type Drawing = RefObject<(() => string | undefined) | null>

interface Props {
  /** The chart in one sentence, from its data. */
  label: string
  option: EChartsCoreOption
  height: number
  onPick?: (picked: Picked) => void
  drawing?: Drawing
}

const MS = 140

/** A drawing by the chart library, which is loaded on first use. Its table twin is for who cannot see it. */
export function Chart({ label, option, height, onPick, drawing }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const reduced = useReducedMotion(true, { getInitialValueInEffect: false })
  const printing = usePrinting()
  const still = printing || reduced
  const [chart, setChart] = useState<EChartsType>()
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  }, [onPick])

  useEffect(() => {
    let made: EChartsType | undefined
    let gone = false
    void import('./echarts').then(({ init }) => {
      if (gone || !box.current) return
      made = init(box.current, null, { renderer: 'svg' })
      made.on('click', ({ seriesIndex, dataIndex }) => {
        if (seriesIndex !== undefined) pick.current?.({ series: seriesIndex, index: dataIndex })
      })
      setChart(made)
    })
    return () => {
      gone = true
      made?.dispose()
      setChart(undefined)
    }
  }, [])

  useEffect(() => {
    const motion = { animation: !still, animationDuration: 0, animationDurationUpdate: MS }
    chart?.setOption({ ...motion, ...option }, { notMerge: false, replaceMerge: ['series'] })
  }, [chart, option, still])

  useEffect(() => {
    if (!chart || !box.current || printing) return
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [chart, printing])

  // No page is as wide as the screen: it is drawn anew for paper, whose width its style then gives it.
  useEffect(() => {
    const svg = box.current?.querySelector('svg')
    if (!chart || !svg || !printing) return
    chart.resize({ width: PAPER, height })
    // A printer waits for no frame.
    chart.getZr().flush()
    svg.setAttribute('viewBox', `0 0 ${PAPER} ${height}`)
    return () => {
      svg.removeAttribute('viewBox')
      chart.resize({ width: 'auto', height: 'auto' })
    }
  }, [chart, printing, height])

  useEffect(() => {
    if (drawing) drawing.current = () => chart?.renderToSVGString()
  }, [chart, drawing])

  return <div ref={box} className={css.chart} style={{ height }} role="img" aria-label={label} />
}
