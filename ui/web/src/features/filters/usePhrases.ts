import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '@/api/schema'
import type { SegmentChoice } from '@/api/types'
import { useFormat } from '@/lib/useFormat'
import { useChoiceLabel, useFieldLabel, useFields } from './useFilterWords'

type Schemas = components['schemas']
type Phrase = Schemas['Phrase']
type Arg = Schemas['Arg']

const DAY = /^\d{4}-\d{2}-\d{2}$/
const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const

/** What a filter asks, in the reader's language. The server explains it in phrases, whose keys have words here. */
export function usePhrases(): (phrases: Phrase[]) => string {
  const { t } = useTranslation()
  const { fieldName, valueWords, spanWords } = useArgWords()
  return useCallback(
    (phrases) => {
      function words(phrase: Phrase): string {
        if (phrase.key !== 'all' && phrase.key !== 'any') return term(phrase)
        const everybody = (phrase.key === 'all') !== Boolean(phrase.not)
        if (!phrase.parts?.length) return t(everybody ? 'phrase.anyone' : 'phrase.noone')
        const inside = phrase.parts.map(words).join(t(`phrase.inner.${phrase.key}`))
        return t(phrase.not ? 'phrase.notGroup' : 'phrase.group', { words: inside })
      }
      function term(phrase: Phrase): string {
        const arg = (name: string) => phrase.args?.find((one) => one.name === name)
        const value = arg('value')
        const count = Number(arg('days')?.value ?? value?.value)
        // Each key of the server has its words: a test of the language compares the two.
        const key = phrase.key.replaceAll('.', '_') as 'stage_is'
        const args = {
          count: Number.isFinite(count) ? count : 0,
          number: valueWords(value),
          value: valueWords(value),
          field: fieldName(arg('field')?.field ?? ''),
          event: String(arg('event')?.value ?? ''),
          days: spanWords({ name: 'days', n: Number(arg('days')?.value), unit: 'day' }),
          span: spanWords(arg('span')),
        }
        const text = phrase.not ? t(`phrase.no.${key}`, args) : t(`phrase.yes.${key}`, args)
        const window = arg('window')
        return window ? t('phrase.window', { text, span: spanWords(window) }) : text
      }
      const [only] = phrases
      const any = phrases.length === 1 && only?.key === 'any' && !only.not && only.parts?.length
      return (any ? (only.parts ?? []) : phrases).map(words).join(t(`phrase.join.${any ? 'any' : 'all'}`))
    },
    [t, fieldName, valueWords, spanWords],
  )
}

/** The words of a phrase's arguments: fields by name, choices by label, dates and numbers as the reader writes them. */
function useArgWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const fields = useFields()
  const label = useFieldLabel()
  const choice = useChoiceLabel()

  const fieldName = useCallback(
    (field: string): string => {
      const [, quoted, part] = /^event\((".*")\)\.(first|last)/.exec(field) ?? []
      if (quoted) return t(part === 'first' ? 'phrase.first' : 'phrase.last', { event: unquoted(quoted) })
      const name = label(field)
      // A name of ours begins a box elsewhere and stands inside of a sentence here.
      return field.startsWith('property.') ? name : name.charAt(0).toLocaleLowerCase() + name.slice(1)
    },
    [t, label],
  )
  const valueWords = useCallback(
    (arg: Arg | undefined): string => {
      const one = (value: unknown): string => {
        if (typeof value === 'number')
          return format.decimal(value, Math.min(3, String(value).split('.')[1]?.length ?? 0))
        if (typeof value === 'boolean') return t(value ? 'filters.yes' : 'filters.no')
        const key = String(value)
        if (DAY.test(key)) return format.day(key)
        const known = choicesOf(arg?.field).find((each) => each.key === key)
        return arg?.field ? choice(arg.field, known ?? { key, label: key }) : key
      }
      const choicesOf = (field = ''): SegmentChoice[] => fields.find(field)?.choices ?? []
      const value: unknown = arg?.value
      return Array.isArray(value)
        ? new Intl.ListFormat(format.locale, { type: 'disjunction' }).format(value.map(one))
        : one(value ?? '')
    },
    [t, format, fields, choice],
  )
  const spanWords = useCallback(
    (arg: Arg | undefined): string => {
      const unit = UNITS.find((one) => one === arg?.unit)
      const n = arg?.n ?? 0
      return unit ? t(`phrase.span.${unit}`, { count: n, number: format.number(n) }) : ''
    },
    [t, format],
  )
  return { fieldName, valueWords, spanWords }
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
