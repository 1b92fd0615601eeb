import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { Behind } from '@/features/explain/Behind'
import type { FunnelRow } from '@/features/lifecycle/stageModel'
import { useFormat } from '@/lib/useFormat'
import css from './Funnel.module.css'

const percent = (share: number) => `${(share * 100).toFixed(3)}%`
/** Room that a drop's text needs at the right edge of the bars. */
const TEXT = '14ch'

function style(values: Record<`--${string}`, string>): CSSProperties {
  return values as CSSProperties
}

/** A colour step of the one stage hue, darker (brighter in the dark) towards Won. */
function step(depth: number): string {
  return `color-mix(in oklab, var(--stage-to) ${(depth * 100).toFixed(0)}%, var(--stage-from))`
}

/** Horizontal bars: reached, a darker part visited, and between two bars the wedge that drops. */
export function Funnel({ rows, label }: { rows: FunnelRow[]; label: string }) {
  const { t } = useTranslation()
  const many = rows.length > 10
  return (
    <figure role="group" aria-label={label}>
      <ol
        className={css.rows}
        style={style({ '--bar': many ? '20px' : '30px', '--gap': many ? '16px' : '24px' })}
      >
        {rows.map((row) => (
          <FunnelBar key={row.id} row={row} />
        ))}
      </ol>
      <figcaption className={`caption ${css.key}`} style={{ paddingTop: 12 }}>
        <span>
          <i style={{ background: 'color-mix(in oklab, var(--stage-to) 48%, var(--paper))' }} />
          {t('funnel.keyReached')}
        </span>
        <span>
          <i style={{ background: 'var(--stage-to)' }} />
          {t('funnel.keyVisited')}
        </span>
        <span>
          <i style={{ background: 'var(--wedge)' }} />
          {t('funnel.keyDrop')}
        </span>
      </figcaption>
    </figure>
  )
}

function FunnelBar({ row }: { row: FunnelRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drop } = row
  return (
    <li className={css.row} style={style({ '--step': step(row.depth) })}>
      <span className={css.label}>{row.name}</span>
      <Behind
        selection={{ reached: row.id }}
        count={row.reached}
        className={css.track}
        label={t('funnel.bar', {
          stage: row.name,
          reached: format.number(row.reached),
          visited: format.number(row.visited),
        })}
      >
        <span className={css.reached} style={{ width: percent(row.width) }} />
        <span className={css.visited} style={{ width: percent(row.visitedWidth) }} />
      </Behind>
      <span className={css.numbers}>
        <b>{format.number(row.reached)}</b>
        <span className="muted">{row.share === null ? '' : format.rate(row.share)}</span>
      </span>
      <div className={css.gap}>
        {drop && (
          <>
            <svg className={css.wedge} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <polygon points={`${drop.nextWidth * 100},0 ${row.width * 100},0 ${drop.nextWidth * 100},10`} />
            </svg>
            {drop.count > 0 && drop.rate !== null && (
              <span
                className={css.drop}
                style={{ left: `max(0px, min(${percent(row.width)} + 8px, 100% - ${TEXT}))` }}
              >
                <Behind selection={{ reached: row.id, not_reached: drop.nextId }} count={drop.count}>
                  {t('funnel.drop', { rate: format.rate(drop.rate), number: format.number(drop.count) })}
                </Behind>
              </span>
            )}
          </>
        )}
      </div>
    </li>
  )
}
