import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Format } from './useFormat'
import { useFormat } from './useFormat'

/** Something that the server says: in English, and as what it says. */
export interface Saying {
  code: string
  text: string
  params?: Record<string, unknown> | null
}

/** What is said: edits of stages and settings, why one cannot be undone, what was refused, what is wrong with a field. */
export type Group = 'edit' | 'why' | 'problem' | 'wrong'

/** Says in the reader's language what the server says; what is not known here, as the server says it. */
export function useSaying(): (group: Group, saying: Saying) => string {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  return useCallback(
    (group, { code, text, params }) => {
      const values = inWords(params ?? {}, t, format)
      if (!i18n.exists(`says.${group}.${code}`, values)) return text
      // Which codes there are is known by the texts only.
      return t(`says.${group}.${code}` as 'says.why.gone', values)
    },
    [t, i18n, format],
  )
}

/** The parameters as people read them: names stay, what has a name of its own in each language is called by it. */
function inWords(params: Record<string, unknown>, t: TFunction, format: Format): Record<string, unknown> {
  const words = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, inWord(name, value, t, format)]),
  )
  if ('count' in params) words.number = format.number(Number(params.count))
  if ('what' in params) words.what = t(`says.what.${params.what as 'stage'}`, words)
  return words
}

function inWord(name: string, value: unknown, t: TFunction, format: Format): unknown {
  if (Array.isArray(value)) return new Intl.ListFormat(format.locale).format(value.map(String))
  switch (name) {
    // The plural form depends on it.
    case 'count':
      return value
    case 'created':
    case 'updated':
    case 'moved':
      return t(`says.counted.${name}`, { count: Number(value), number: format.number(Number(value)) })
    case 'rate':
      return new Intl.NumberFormat(format.locale, { maximumSignificantDigits: 15 }).format(Number(value))
    case 'day':
      return format.day(String(value))
    case 'kind':
    case 'old_kind':
      return t(`stages.kind.${value as 'won'}`)
    case 'role':
      return t(`stages.role.${value as 'lead'}`)
    case 'way':
      return t(`filter.createdBy.${value as 'form'}`)
    case 'mode':
      return t(`import.modes.${value as 'move'}`)
    default:
      return typeof value === 'number' ? format.number(value) : value
  }
}
