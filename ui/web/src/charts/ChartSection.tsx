import type { ReactNode } from 'react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { About } from '@/components/CallOut'
import { ExportMenu } from '@/components/ExportMenu'
import { Section, toolClass } from '@/components/states'
import type { Drawing } from './Chart'

interface Props {
  id: string
  title: string
  text: ReactNode
  about: About
  csv: string
  parquet: string
  controls?: ReactNode
  chart: (drawing: Drawing) => ReactNode
  table: () => ReactNode
}

/** A chart with its table twin, its files and its call-out. */
export function ChartSection(props: Props) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const drawing: Drawing = useRef(null)
  const { title } = props
  return (
    <Section
      id={props.id}
      title={title}
      text={props.text}
      about={props.about}
      tools={
        <>
          <button
            type="button"
            className={toolClass}
            aria-pressed={asTable}
            aria-label={t(asTable ? 'chart.asChartLabel' : 'chart.asTableLabel', { chart: title })}
            onClick={() => setAsTable(!asTable)}
          >
            {t(asTable ? 'funnel.asChart' : 'funnel.asTable')}
          </button>
          <ExportMenu
            title={title}
            csv={props.csv}
            parquet={props.parquet}
            table={asTable ? box : undefined}
            drawing={asTable ? undefined : () => drawing.current?.()}
          />
        </>
      }
    >
      {props.controls}
      {asTable ? <div ref={box}>{props.table()}</div> : props.chart(drawing)}
    </Section>
  )
}
