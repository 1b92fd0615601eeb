import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Drawing, Picked } from '@/charts/Chart'
import { Chart } from '@/charts/Chart'
import chartCss from '@/charts/Chart.module.css'
import { usePalette } from '@/charts/palette'
import { writeSelection } from '@/features/explain/selection'
import type { Metric, ReportSearch } from '@/features/lifecycle/search'
import { MarkRow } from './MarkRow'
import type { Mark, Trend } from './model'
import { dayMarks } from './model'
import { trendColors, trendOption } from './option'
import css from './Trend.module.css'
import type { useTrendWords } from './useTrendWords'

interface Props {
  data: Trend
  metric: Metric
  words: ReturnType<typeof useTrendWords>
  marks: Mark[]
  search: ReportSearch
  onChange: (next: ReportSearch) => void
  drawing: Drawing
}

export function TrendChart({ data, metric, words, marks, search, onChange, drawing }: Props) {
  const { t } = useTranslation()
  const palette = usePalette()
  const colors = useMemo(() => trendColors(data, metric, palette), [data, metric, palette])
  const option = useMemo(
    () => trendOption(data, metric, palette, words.forChart(colors)),
    [data, metric, palette, words, colors],
  )
  const shown = useMemo(() => dayMarks(marks, data.periods), [marks, data.periods])
  const pick = ({ index }: Picked) => {
    const period = data.periods[index]
    if (period)
      onChange({
        ...search,
        explain: writeSelection({ ...words.selection(metric), from: period.from, to: period.to }),
      })
  }
  return (
    <figure>
      <div className={css.plot}>
        <MarkRow marks={shown} search={search} onChange={onChange} />
        <Chart label={words.text} option={option} height={280} onPick={pick} drawing={drawing} />
      </div>
      <figcaption className={`caption ${chartCss.key}`}>
        {data.lines.length > 1 &&
          data.lines.map((line, i) => (
            <span key={line.key}>
              <i style={{ background: colors[i] }} />
              {words.groupName(line.group)}
            </span>
          ))}
        {data.lines.length === 1 && words.kind === 'rate' && (
          <span>
            <i data-shape="band" style={{ background: colors[0] }} />
            {t('chart.band')}
          </span>
        )}
        {data.periods.some((period) => period.young) && (
          <span>
            <i data-shape="hatch" />
            {words.young}
          </span>
        )}
      </figcaption>
    </figure>
  )
}
