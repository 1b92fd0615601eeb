import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { Behind } from '@/features/explain/Behind'
import { useFormat } from '@/lib/useFormat'
import css from './Lifecycle.module.css'
import { outcomes } from './model'

const OPERATOR = ['=', '+', '+', '+']

/** entered = won + lost + left + open, drawn and written so that the parts visibly add up. */
export function Identity({ report }: { report: LifecycleReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const parts = outcomes(report.summary)
  return (
    <div>
      <div className={css.bar} aria-hidden="true">
        {parts
          .filter((part) => part.count > 0)
          .map((part) => (
            <span
              key={part.outcome}
              style={{ flex: `${part.count} 0 0`, background: `var(--${part.outcome})` }}
            />
          ))}
      </div>
      <dl className={css.sum} aria-label={t('outcome.sum')}>
        <div>
          <dt>{t('outcome.entered')}</dt>
          <dd>
            <Behind selection={{}} count={report.summary.entered}>
              {format.number(report.summary.entered)}
            </Behind>
          </dd>
        </div>
        {parts.map((part, i) => (
          <div key={part.outcome}>
            <dt>
              <i style={{ background: `var(--${part.outcome})` }} aria-hidden="true" />
              {t(`outcome.${part.outcome}`)}
            </dt>
            <dd>
              <span className={css.operator}>{OPERATOR[i]} </span>
              <Behind selection={{ outcome: part.outcome }} count={part.count}>
                {format.number(part.count)}
              </Behind>
            </dd>
            <dd className={`${css.share} muted`}>{format.rate(part.share)}</dd>
          </div>
        ))}
      </dl>
      {report.summary.contacts !== null && report.summary.contacts !== report.summary.entered && (
        <p className="caption" style={{ paddingTop: 4 }}>
          {t('outcome.contacts', {
            count: report.summary.contacts,
            number: format.number(report.summary.contacts),
          })}
        </p>
      )}
    </div>
  )
}
