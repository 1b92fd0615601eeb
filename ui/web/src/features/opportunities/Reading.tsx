import { Trans, useTranslation } from 'react-i18next'
import type { Opportunities } from '@/api/opportunities'
import css from '@/features/lifecycle/Lifecycle.module.css'
import { useFormat } from '@/lib/useFormat'
import { heaviest, tooFew } from './model'
import { useMoney } from '@/lib/useMoney'

/** Where most of it waits, and what becomes of those who were there before. */
export function Reading({ report }: { report: Opportunities }) {
  const { t } = useTranslation()
  const format = useFormat()
  const money = useMoney(report.currency)
  const found = heaviest(report)
  if (!found) return null
  const { stage, by } = found
  const show = by === 'value' ? money : format.number
  const { rate, journeys } = stage.conversion
  return (
    <p className={css.reading}>
      <Trans
        i18nKey={by === 'value' ? 'opportunity.reading.value' : 'opportunity.reading.count'}
        values={{ stage: stage.stage.name, number: show(stage[by]), of: show(report.totals[by]) }}
        components={{ b: <b /> }}
      />{' '}
      {rate === null || tooFew(stage)
        ? t('opportunity.reading.few', { count: journeys })
        : t('opportunity.reading.chance', { rate: format.rate(rate), number: format.number(journeys) })}
    </p>
  )
}
