import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { CallOut } from '@/components/CallOut'
import { Nothing } from '@/components/Nothing'
import { Behind } from '@/features/explain/Behind'
import { useCountUp } from '@/lib/useCountUp'
import type { Format } from '@/lib/useFormat'
import { useFormat } from '@/lib/useFormat'
import { ChangeMark } from './ChangeMark'
import { ComparedWith } from './ComparedWith'
import css from './FigureCards.module.css'
import type { CardRow } from './model'
import { cards, openShares } from './model'
import { useCardAbout } from './useCardAbout'

/** The journeys that a figure is made of. */
const OUTCOME = {
  conversion_rate: 'won',
  time_to_conversion: 'won',
  drop_off_rate: 'lost',
  time_to_drop_off: 'lost',
} as const

export function FigureCards({ report }: { report: LifecycleReport }) {
  const { t } = useTranslation()
  const compared = report.compare
  return (
    <section aria-label={t('card.all')} style={{ padding: 0, border: 0 }}>
      <ul className={css.cards}>
        {cards(report).map((row) => (
          <FigureCard key={row.id} row={row} report={report} />
        ))}
      </ul>
      {compared && (
        <p className="caption" style={{ paddingTop: 8 }}>
          <ComparedWith report={report} /> <LessTime report={report} />
        </p>
      )}
    </section>
  )
}

/** Recent journeys are compared with older ones: where many more of them are open, rates may still change. */
function LessTime({ report }: { report: LifecycleReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shares = openShares(report)
  if (!shares) return null
  return t('card.lessTime', { now: format.rate(shares.now), before: format.rate(shares.before) })
}

function FigureCard({ row, report }: { row: CardRow; report: LifecycleReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = `card-${row.id}`
  return (
    <li className={css.card} aria-labelledby={id}>
      <div className={css.head}>
        <h2 id={id} className={css.title}>
          {t(`card.${row.id}.title`)}
        </h2>
        <CallOut title={t(`card.${row.id}.title`)} about={useCardAbout(row, report)} />
      </div>
      <Figure row={row} format={format} />
      <Change row={row} format={format} compared={Boolean(report.compare)} />
      <p className={css.foot}>
        {row.kind === 'rate' ? (
          <>
            <span>{t('card.of', { number: format.number(row.count), of: format.number(row.of) })}</span>
            {row.interval && (
              <span title={t('card.intervalHint')}>
                {t('card.interval', {
                  low: format.rate(row.interval[0]),
                  high: format.rate(row.interval[1]),
                })}
              </span>
            )}
          </>
        ) : (
          <>
            <span>{t('card.median', { value: spread(row.spread?.median, format) })}</span>
            <span>{t('card.p90', { value: spread(row.spread?.p90, format) })}</span>
          </>
        )}
        {row.few && row.value !== null && (
          <span>{t('few', { count: row.kind === 'rate' ? row.of : row.count })}</span>
        )}
      </p>
    </li>
  )
}

function spread(value: number | null | undefined, format: Format): string {
  return value === null || value === undefined ? '–' : format.duration(value)
}

function Figure({ row, format }: { row: CardRow; format: Format }) {
  const { t } = useTranslation()
  const shown = useCountUp(row.value)
  return (
    <p className={css.figure}>
      {shown === null ? (
        <Nothing reason={t(`card.${row.id}.nothing`)} />
      ) : (
        <Behind selection={{ outcome: OUTCOME[row.id] }} count={row.count}>
          {row.kind === 'rate' ? format.rate(shown) : format.duration(shown)}
        </Behind>
      )}
    </p>
  )
}

function Change({ row, format, compared }: { row: CardRow; format: Format; compared: boolean }) {
  const { t } = useTranslation()
  if (!compared) return <p className={css.change}>{t('change.notCompared')}</p>
  if (row.verdict === null) return <p className={css.change}>{t('change.nothing')}</p>
  return (
    <p className={css.change}>
      <ChangeMark verdict={row.verdict} difference={row.difference} points={row.points} />
      {row.real !== null && row.verdict !== 'same' && (
        <span title={t('change.chanceHint')}>{t(row.real ? 'change.real' : 'change.chance')}</span>
      )}
      {row.before !== null && (
        <span>
          {t('change.before', {
            value: row.kind === 'rate' ? format.rate(row.before) : format.duration(row.before),
          })}
        </span>
      )}
    </p>
  )
}
