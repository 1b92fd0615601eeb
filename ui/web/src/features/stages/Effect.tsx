import { useTranslation } from 'react-i18next'
import type { EditEffect } from '@/api/types'
import { Nothing } from '@/components/Nothing'
import { useFormat } from '@/lib/useFormat'
import type { EffectLine } from './effect'
import { effectLines } from './effect'
import css from './Effect.module.css'

/** How many journeys are read differently, and every headline number before and after. */
export function Effect({ effect }: { effect: EditEffect }) {
  const { t } = useTranslation()
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p>
        <EffectSentence effect={effect} />
      </p>
      {effect.journeys_changed > 0 && (
        <table className={css.table}>
          <caption className="sr-only">{t('effect.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('effect.number')}</th>
              <th scope="col">{t('effect.before')}</th>
              <th scope="col">{t('effect.after')}</th>
            </tr>
          </thead>
          <tbody>
            {effectLines(effect).map((line) => (
              <tr key={line.id} data-changed={line.changed || undefined}>
                <th scope="row">{t(`effect.${line.id}`)}</th>
                <td>
                  <Value line={line} value={line.before} />
                </td>
                <td>{line.changed ? <Value line={line} value={line.after} /> : t('effect.same')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

export function EffectSentence({ effect }: { effect: EditEffect }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (effect.journeys_changed === 0) return t('effect.none')
  const contacts = t('effect.contacts', {
    count: effect.contacts_changed,
    number: format.number(effect.contacts_changed),
  })
  return t('effect.changed', {
    count: effect.journeys_changed,
    number: format.number(effect.journeys_changed),
    contacts,
  })
}

function Value({ line, value }: { line: EffectLine; value: number | null }) {
  const { t } = useTranslation()
  const text = useLineText()
  return value === null ? <Nothing reason={t('effect.noValue')} /> : text(line, value)
}

function useLineText() {
  const format = useFormat()
  return ({ unit }: EffectLine, value: number) => {
    if (unit === 'rate') return format.rate(value)
    return unit === 'seconds' ? format.duration(value) : format.number(value)
  }
}

/** Only what changed, on one line each: for the history. */
export function EffectBrief({ effect }: { effect: EditEffect }) {
  const { t } = useTranslation()
  const text = useLineText()
  const lines = effectLines(effect).filter((line) => line.changed)
  return (
    <ul className={css.brief}>
      <li>
        <EffectSentence effect={effect} />
      </li>
      {lines.map((line) => (
        <li key={line.id}>
          {t(`effect.${line.id}`)}{' '}
          <b>
            {line.before === null ? t('effect.noValue') : text(line, line.before)} →{' '}
            {line.after === null ? t('effect.noValue') : text(line, line.after)}
          </b>
        </li>
      ))}
    </ul>
  )
}
