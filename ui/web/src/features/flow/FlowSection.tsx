import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportStage } from '@/api/types'
import { standalone } from '@/charts/save'
import { ExportMenu } from '@/components/ExportMenu'
import { Section } from '@/components/states'
import { ReportTable } from '@/features/lifecycle/ReportTable'
import type { ReportSearch } from '@/features/lifecycle/search'
import { flowRows } from '@/features/lifecycle/stageModel'
import { useFormat } from '@/lib/useFormat'
import { FlowPicture } from './FlowPicture'
import { useFlowColumns } from './flowColumns'
import type { StreamStage } from './model'
import { stream } from './model'

interface Props {
  stages: ReportStage[]
  search: ReportSearch
}

/** The journeys as a stream, and the table of every stay in a stage and how it ended. */
export default function FlowSection({ stages, search }: Props) {
  const { t } = useTranslation()
  const rows = useMemo(() => flowRows(stages), [stages])
  const way = useMemo(() => stream(stages), [stages])
  const columns = useFlowColumns(rows)
  if (rows.length === 0) return null
  return (
    <>
      {way && <StreamSection way={way} />}
      <ReportTable
        id="flow"
        title={t('flow.title')}
        text={t('flow.text')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        table="flow"
        search={search}
      />
    </>
  )
}

function StreamSection({ way }: { way: StreamStage[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const drawing = useRef<SVGSVGElement>(null)
  const sum = (name: 'lost' | 'open' | 'left') =>
    way.flatMap((row) => row.exits).reduce((all, exit) => all + (exit.name === name ? exit.count : 0), 0)
  const values = {
    entered: format.number(way[0]?.reached ?? 0),
    won: format.number(way.at(-1)?.reached ?? 0),
    last: way.at(-1)?.name ?? '',
    lost: format.number(sum('lost')),
    open: format.number(sum('open')),
    left: format.number(sum('left')),
  }
  const back = way.reduce((worst, row) => (row.back > worst.back ? row : worst), way[0] as StreamStage)
  const text = t('flow.streamText', values)
  return (
    <Section
      id="stream"
      title={t('flow.streamTitle')}
      text={text}
      about={{
        tells: t('about.stream.tells'),
        matters: t('about.stream.matters'),
        example:
          back.back > 0
            ? t('about.stream.example', { stage: back.name, count: format.number(back.back) })
            : t('about.stream.exampleNone'),
      }}
      tools={
        <ExportMenu
          title={t('flow.streamTitle')}
          drawing={() => (drawing.current ? standalone(drawing.current) : undefined)}
        />
      }
    >
      <FlowPicture stages={way} label={text} drawing={drawing} />
    </Section>
  )
}
