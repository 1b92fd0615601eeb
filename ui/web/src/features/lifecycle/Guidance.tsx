import { Trans, useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { Behind } from '@/features/explain/Behind'
import type { Selection } from '@/features/explain/selection'
import { useFormat } from '@/lib/useFormat'
import type { Hint } from './guidance'
import { guidance } from './guidance'
import css from './Guidance.module.css'

/** What the numbers suggest to look at next, each with the journeys it speaks of. */
export function Guidance({ report }: { report: LifecycleReport }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="guidance" className={css.guidance}>
      <h2 id="guidance" className="sr-only">
        {t('guidance.title')}
      </h2>
      <ul className={css.hints}>
        {guidance(report).map((hint) => (
          <li key={`${hint.kind}:${'stage' in hint ? hint.stage : ''}`} data-kind={hint.kind}>
            <HintText hint={hint} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function selectionOf(hint: Hint): Selection | null {
  switch (hint.kind) {
    case 'stuck':
    case 'waiting':
      return { in_stage: hint.id }
    case 'weak':
      return { reached: hint.id, not_reached: hint.nextId }
    case 'early':
      return { outcome: 'lost', origin: hint.id }
    default:
      return null
  }
}

function HintText({ hint }: { hint: Hint }) {
  const { t } = useTranslation()
  const format = useFormat()
  const values = { ...NO_VALUES }
  for (const [key, value] of Object.entries(hint)) {
    const print = PRINT[key]
    if (!isName(key)) continue
    values[key] =
      typeof value === 'number' ? (print ? format[print](value) : format.number(value)) : (value ?? '')
  }
  const selection = selectionOf(hint)
  return (
    <>
      <p>
        <Trans i18nKey={`guidance.${hint.kind}.says`} values={values} components={{ b: <b /> }} />{' '}
        {hint.kind === 'late' && hint.reason && t('guidance.late.reason', values)}
      </p>
      <p className="caption">
        {t(`guidance.${hint.kind}.do`, values)}{' '}
        {selection && (
          <Behind selection={selection} count={1}>
            {t('guidance.show')}
          </Behind>
        )}
      </p>
    </>
  )
}

const PRINT: Record<string, 'rate' | 'duration'> = {
  goOn: 'rate',
  dropOff: 'rate',
  rate: 'rate',
  share: 'rate',
  waiting: 'duration',
  usual: 'duration',
}

const NO_VALUES = {
  entered: '',
  stage: '',
  stages: '',
  next: '',
  reason: '',
  now: '',
  goOn: '',
  dropOff: '',
  rate: '',
  share: '',
  waiting: '',
  usual: '',
}

function isName(key: string): key is keyof typeof NO_VALUES {
  return key in NO_VALUES
}
