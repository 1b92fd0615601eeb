import { useTranslation } from 'react-i18next'
import type { Opportunities } from '@/api/opportunities'
import { CallOut } from '@/components/CallOut'
import { Nothing } from '@/components/Nothing'
import css from '@/features/lifecycle/FigureCards.module.css'
import { useFormat } from '@/lib/useFormat'
import type { CardId } from './model'
import { CARDS, difference } from './model'
import { useMoney } from '@/lib/useMoney'

/** How many journeys are open, what they are worth and likely to bring, and how old they are. */
export function Cards({ report }: { report: Opportunities }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('opportunity.figures')} style={{ padding: 0, border: 0 }}>
      <ul className={css.cards}>
        {CARDS.map((id) => (
          <Card key={id} id={id} report={report} />
        ))}
      </ul>
    </section>
  )
}

function Card({ id, report }: { id: CardId; report: Opportunities }) {
  const { t } = useTranslation()
  const show = useShow(report.currency)
  const format = useFormat()
  const value = report.totals[id]
  const change = difference(value, report.compare?.totals[id])
  const title = t(`opportunity.card.${id}.title`)
  const { without_value, count } = report.totals
  return (
    <li className={css.card} aria-labelledby={`card-${id}`}>
      <div className={css.head}>
        <h2 id={`card-${id}`} className={css.title}>
          {title}
        </h2>
        <CallOut
          title={title}
          about={{
            tells: t(`opportunity.card.${id}.tells`),
            matters: t(`opportunity.card.${id}.matters`),
            example:
              value === null
                ? t('opportunity.card.noExample')
                : t(`opportunity.card.${id}.example`, { value: show(id, value), number: count }),
          }}
        />
      </div>
      <p className={css.figure}>
        {value === null ? <Nothing reason={t('opportunity.noHistory')} /> : show(id, value)}
      </p>
      <p className={css.change}>
        {change === null || !report.compare ? (
          t('change.notCompared')
        ) : (
          <span className={css.verdict}>
            <span aria-hidden="true">{change > 0 ? '↑' : change < 0 ? '↓' : '→'} </span>
            {t('opportunity.since', { change: format.change(change), day: format.day(report.compare.at) })}
          </span>
        )}
      </p>
      {id === 'value' && without_value > 0 && (
        <p className={css.foot}>
          {t('opportunity.withoutValue', { count: without_value, of: format.number(count) })}
        </p>
      )}
    </li>
  )
}

function useShow(currency: string) {
  const format = useFormat()
  const money = useMoney(currency)
  return (id: CardId, value: number) => {
    if (id === 'count') return format.number(value)
    return id === 'age_seconds_mean' ? format.duration(value) : money(value)
  }
}
