import { Trans, useTranslation } from 'react-i18next'
import type { Sources } from '@/api/sources'
import css from '@/features/lifecycle/Lifecycle.module.css'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import type { StandsOut } from './model'
import { bestBy, groupOf, standsOut } from './model'
import type { Model } from './search'

/** One sentence that names what stands out and, with two models, what each of them says. */
export function Reading({ report }: { report: Sources }) {
  const also = report.also?.[0]
  const nameOf = useGroupName(report.level)
  const found = standsOut(report)
  return (
    <p className={css.reading}>
      <Words of={found} name={found.kind === 'few' ? '' : nameOf(groupOf(found.row))} />
      {also && (
        <>
          {' '}
          <SideBySide report={report} also={also} />
        </>
      )}
    </p>
  )
}

/** What stands out, in words; the row is named as people read it. */
export function Words({ of, name }: { of: StandsOut<unknown>; name: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (of.kind === 'few') return t('sources.reading.few', { count: of.count })
  const values = {
    name,
    share: format.rate(of.share),
    revenue: of.kind === 'most' ? '' : format.rate(of.revenue),
  }
  const components = { b: <b /> }
  switch (of.kind) {
    case 'poor':
      return <Trans i18nKey="sources.reading.poor" values={values} components={components} />
    case 'rich':
      return <Trans i18nKey="sources.reading.rich" values={values} components={components} />
    default:
      return of.by === 'revenue' ? (
        <Trans i18nKey="sources.reading.mostRevenue" values={values} components={components} />
      ) : (
        <Trans i18nKey="sources.reading.mostLeads" values={values} components={components} />
      )
  }
}

/** "First click says Paid search (€ 1,200), last click says Email (€ 900)." */
function SideBySide({ report, also }: { report: Sources; also: Model }) {
  const { t } = useTranslation()
  const format = useFormat()
  const money = useMoney(report.currency)
  const nameOf = useGroupName(report.level)
  const one = bestBy(report, report.model)
  const other = bestBy(report, also)
  if (!one || !other) return null
  const show = (of: NonNullable<typeof one>) =>
    report.totals.revenue > 0
      ? money(of.figures.revenue)
      : t('sources.leadCount', {
          count: Math.round(of.figures.leads.all),
          number: format.number(of.figures.leads.all),
        })
  const values = {
    model: t(`sources.model.${report.model}`),
    name: nameOf(groupOf(one.row)),
    value: show(one),
    also: t(`sources.model.${also}`),
    other: nameOf(groupOf(other.row)),
    otherValue: show(other),
  }
  return one.row === other.row ? (
    <Trans i18nKey="sources.reading.agree" values={values} components={{ b: <b /> }} />
  ) : (
    <Trans i18nKey="sources.reading.differ" values={values} components={{ b: <b /> }} />
  )
}
