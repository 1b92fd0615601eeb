import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LifecycleReport, Spread, Summary } from '@/api/types'
import { CallOut } from '@/components/CallOut'
import { Nothing } from '@/components/Nothing'
import { Section, toolClass } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import css from './Pace.module.css'

const PACES = ['hand_off', 'handling', 'stranger_to_customer'] as const
type Pace = (typeof PACES)[number]

const spreadOf = (summary: Summary | undefined, pace: Pace): Spread | null =>
  summary?.[`${pace}_seconds`] ?? null

/** How soon sales takes over, how long it handles, and how long strangers take to become customers. */
export function PaceSection({ report }: { report: LifecycleReport }) {
  const { t } = useTranslation()
  const stage = report.hand_off_stage
  return (
    <Section
      id="pace"
      title={t('pace.title')}
      text={stage ? t('pace.text', { stage: stage.name }) : t('pace.noStage')}
      tools={
        !stage && (
          <Link to="/stages" className={toolClass}>
            {t('pace.choose')}
          </Link>
        )
      }
    >
      <ul className={css.paces}>
        {PACES.map((pace) => (
          <li key={pace} aria-labelledby={`pace-${pace}`}>
            <Figure pace={pace} report={report} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Figure({ pace, report }: { pace: Pace; report: LifecycleReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const spread = spreadOf(report.summary, pace)
  const before = spreadOf(report.compare?.summary, pace)
  const stage = report.hand_off_stage?.name ?? ''
  const time = (value: number | null | undefined) => (value == null ? '–' : format.duration(value))
  const title = t(`pace.${pace}.title`)
  const values = {
    stage,
    count: spread?.journeys ?? 0,
    number: format.number(spread?.journeys ?? 0),
    mean: time(spread?.mean),
    median: time(spread?.median),
    p90: time(spread?.p90),
  }
  const known = spread?.mean != null
  return (
    <>
      <span className={css.head}>
        <h3 id={`pace-${pace}`}>{title}</h3>
        <CallOut
          title={title}
          about={{
            tells: t(`pace.${pace}.tells`, values),
            matters: t(`pace.${pace}.matters`),
            example: known ? t('pace.example', values) : t(`pace.${pace}.nothing`),
          }}
        />
      </span>
      <p className={css.figure}>
        {spread?.mean == null ? <Nothing reason={t(`pace.${pace}.nothing`)} /> : format.duration(spread.mean)}
      </p>
      <p className="caption">
        {known
          ? [
              t('card.median', { value: values.median }),
              t('card.p90', { value: values.p90 }),
              t('pace.journeys', values),
              before?.mean != null && t('change.before', { value: format.duration(before.mean) }),
            ]
              .filter(Boolean)
              .join(' · ')
          : t(`pace.${pace}.nothing`)}
      </p>
    </>
  )
}
