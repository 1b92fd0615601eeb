import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { Behind } from '@/features/explain/Behind'
import { groupOf } from '@/features/explain/selection'
import { useFormat } from '@/lib/useFormat'
import css from './GroupFunnel.module.css'
import type { GroupBar, GroupedStage } from './groupFunnel'
import type { GroupNames } from './useGroupName'

const percent = (share: number) => `${(share * 100).toFixed(3)}%`

/** The colour of a group: never alone, its name stands beside each of its bars. */
function colour({ group, colour }: GroupBar): string {
  if (!group) return 'var(--ink)'
  return colour === null ? 'var(--left)' : `var(--group-${colour + 1})`
}

/** Under each stage a bar for all journeys and one for each group, as shares of their own journeys. */
export function GroupFunnel(props: { stages: GroupedStage[]; label: string; nameOf: GroupNames }) {
  const { stages, label, nameOf } = props
  const { t } = useTranslation()
  return (
    <figure role="group" aria-label={label}>
      <ol className={css.stages}>
        {stages.map((stage) => (
          <li key={stage.id}>
            <h3 className={css.stage}>{stage.name}</h3>
            <ul className={css.bars}>
              {stage.bars.map((bar) => (
                <Bar
                  key={bar.group ? groupOf(bar.group) : 'all'}
                  stage={stage}
                  bar={bar}
                  name={nameOf(bar.group)}
                />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <figcaption className="caption" style={{ paddingTop: 12 }}>
        {t('funnel.groupNote')}
      </figcaption>
    </figure>
  )
}

function Bar({ stage, bar, name }: { stage: GroupedStage; bar: GroupBar; name: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = bar.share === null ? '–' : format.rate(bar.share)
  const values = {
    group: name,
    stage: stage.name,
    share,
    reached: format.number(bar.reached),
    visited: format.number(bar.visited),
  }
  return (
    <li className={css.bar} style={{ '--group': colour(bar) } as CSSProperties}>
      <span className={css.name} data-all={bar.group ? undefined : true} title={name}>
        {name}
      </span>
      <Behind
        selection={{ reached: stage.id, group: bar.group ? groupOf(bar.group) : undefined }}
        count={bar.reached}
        className={css.track}
        label={t('funnel.groupBar', values)}
      >
        <span className={css.reached} style={{ width: percent(bar.share ?? 0) }} />
        <span className={css.visited} style={{ width: percent(bar.visitedShare) }} />
      </Behind>
      <span className={css.numbers}>
        <b>{share}</b>
        <span className="muted">{values.reached}</span>
      </span>
    </li>
  )
}
