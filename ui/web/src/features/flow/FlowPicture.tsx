import { useElementSize, useMergedRef } from '@mantine/hooks'
import type { RefObject } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { PAPER, usePrinting } from '@/charts/usePrinting'
import { Behind } from '@/features/explain/Behind'
import type { Selection } from '@/features/explain/selection'
import { useFormat } from '@/lib/useFormat'
import css from './Flow.module.css'
import type { Ribbon, StreamStage } from './model'
import { NODE, place } from './model'

const LEAST = 112

interface Props {
  stages: StreamStage[]
  label: string
  drawing: RefObject<SVGSVGElement | null>
}

/** The journeys as a stream through the stages. It scrolls inside itself where the screen is narrow. */
export function FlowPicture({ stages, label, drawing }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const box = useMergedRef(ref)
  const room = Math.max(usePrinting() ? PAPER : width, stages.length * LEAST)
  const picture = useMemo(() => place(stages, room), [stages, room])
  const letters = Math.max(8, Math.floor(room / stages.length / 7.2))
  const short = (name: string) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name)
  return (
    <figure>
      <div ref={box} className={css.scroll} tabIndex={0} role="region" aria-label={label}>
        <svg
          ref={drawing}
          className={css.picture}
          width={picture.width}
          height={picture.height}
          viewBox={`0 0 ${picture.width} ${picture.height}`}
        >
          {picture.ribbons.map((ribbon) => (
            <Stream key={ribbon.key} ribbon={ribbon} next={following(stages, ribbon.stage)} />
          ))}
          {picture.nodes.map(({ stage, x, y, height }, i) => (
            <g key={stage.id}>
              <title>{stage.name}</title>
              <rect
                className={css.node}
                data-won={stage.won || undefined}
                x={x}
                y={y}
                width={NODE}
                height={height}
                rx={2}
              />
              <text className={css.name} x={x} y={14}>
                {short(stage.name)}
              </text>
              <Behind
                selection={{ reached: stage.id }}
                count={stage.reached}
                className={css.link}
                label={t(stage.won ? 'flow.wonLabel' : 'flow.reachedLabel', {
                  stage: stage.name,
                  number: format.number(stage.reached),
                })}
              >
                <text className={css.number} x={x} y={32}>
                  {format.number(stage.reached)}
                </text>
              </Behind>
              {i === 0 && <title>{stage.name}</title>}
            </g>
          ))}
        </svg>
      </div>
      <figcaption className={`caption ${css.key}`}>
        {(['won', 'lost', 'open', 'left'] as const).map((name) => (
          <span key={name}>
            <i style={{ background: `var(--${name === 'won' ? 'stage-to' : name})` }} />
            {t(`flow.key.${name}`)}
          </span>
        ))}
        <span>
          <i data-shape="back" />
          {t('flow.key.back')}
        </span>
      </figcaption>
    </figure>
  )
}

function following(stages: StreamStage[], stage: StreamStage): StreamStage | undefined {
  return stages[stages.indexOf(stage) + 1]
}

function selectionOf(ribbon: Ribbon, next: StreamStage | undefined): Selection | null {
  const { id } = ribbon.stage
  switch (ribbon.kind) {
    case 'forward':
      return next ? { reached: next.id } : null
    case 'lost':
    case 'left':
      return { outcome: ribbon.kind, origin: id }
    case 'open':
      return { in_stage: id }
    case 'back':
      return null
  }
}

function Stream({ ribbon, next }: { ribbon: Ribbon; next: StreamStage | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const number = format.number(ribbon.count)
  const label = t(`flow.ribbon.${ribbon.kind}`, { stage: ribbon.stage.name, next: next?.name ?? '', number })
  const selection = selectionOf(ribbon, next)
  const drawn = (
    <>
      <title>{label}</title>
      <path className={css.ribbon} data-kind={ribbon.kind} d={ribbon.path} />
      {ribbon.at && (
        <text className={css.count} data-kind={ribbon.kind} x={ribbon.at.x} y={ribbon.at.y}>
          {ribbon.kind === 'back' ? `← ${number}` : number}
        </text>
      )}
    </>
  )
  if (!selection) return <g>{drawn}</g>
  return (
    <Behind selection={selection} count={ribbon.count} className={css.link} label={label}>
      {drawn}
    </Behind>
  )
}
