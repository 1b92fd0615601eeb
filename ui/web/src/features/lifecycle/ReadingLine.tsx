import { Trans, useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { useFormat } from '@/lib/useFormat'
import css from './Lifecycle.module.css'
import type { Reading } from './model'
import { reading } from './model'

export function ReadingLine({ report }: { report: LifecycleReport }) {
  return (
    <p className={css.reading}>
      <Words read={reading(report)} />
    </p>
  )
}

function Words({ read }: { read: Reading }) {
  const { t } = useTranslation()
  const format = useFormat()
  const components = { b: <b /> }
  if (read.kind === 'none') return t('reading.none')
  if (read.kind === 'weakest') {
    const values = { from: read.from, to: read.to, rate: format.rate(read.rate) }
    return <Trans i18nKey="reading.weakest" values={values} components={components} />
  }
  const values = {
    stage: read.stage,
    number: format.number(read.count),
    of: format.number(read.of),
    reason: read.reason ?? '',
  }
  return (
    <>
      {read.most ? (
        <Trans i18nKey="reading.mostLosses" values={values} components={components} />
      ) : (
        <Trans i18nKey="reading.moreLosses" values={values} components={components} />
      )}
      {read.reason !== null &&
        (read.mostly ? (
          <Trans i18nKey="reading.mostly" values={values} components={components} />
        ) : (
          <Trans i18nKey="reading.often" values={values} components={components} />
        ))}
    </>
  )
}
