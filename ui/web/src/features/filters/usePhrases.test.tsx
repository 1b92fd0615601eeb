// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { fieldsOptions } from '@/api/segments'
import type { Language } from '@/i18n'
import { speak } from '@/i18n'
import { usePhrases } from './usePhrases'

type Phrases = Parameters<ReturnType<typeof usePhrases>>[0]

const inStage = { name: 'value', field: 'stage', value: 'hot_lead' }
const lately = { name: 'span', n: 7, unit: 'day' }
/** What the server says of filters, as its own test has it. */
const SAID: Record<string, Phrases> = {
  waiting: [
    { key: 'stage.for.more', args: [inStage, { name: 'days', field: 'days_in_stage', value: 2 }] },
    { key: 'list.is', not: true, args: [{ name: 'value', field: 'list', value: ['A', 'B'] }] },
  ],
  events: [
    {
      key: 'any',
      parts: [
        {
          key: 'count.more',
          args: [
            { name: 'event', value: 'Demo' },
            { name: 'value', field: 'event("Demo").count within 30 days', value: 1 },
            { name: 'window', n: 30, unit: 'day' },
          ],
        },
        { key: 'time.within', not: true, args: [{ name: 'field', field: 'created_at' }, lately] },
      ],
    },
  ],
  days: [
    {
      key: 'time.before',
      args: [
        { name: 'field', field: 'event("Demo").last' },
        { name: 'value', field: 'event("Demo").last', value: '2026-11-28' },
      ],
    },
    {
      key: 'all',
      not: true,
      parts: [
        { key: 'any', parts: [] },
        { key: 'stage.exists', not: true },
      ],
    },
    { key: 'all' },
  ],
}

const WORDS: Record<Language, Record<string, string>> = {
  en: {
    waiting: 'is in Hot lead for more than 2 days, and is not in the list A or B',
    events: 'did Demo more than once in the last 30 days, or created is not in the last 7 days',
    days: 'the last Demo is before Nov 28, 2026, and not (is no one and has no stage), and is anyone',
  },
  fr: {
    waiting: 'est dans Hot lead depuis plus de 2 jours, et n’est pas dans la liste A ou B',
    events:
      'a fait Demo plus de 1 fois depuis 30 jours au plus, ou créé remonte à plus de 7 jours ou est à venir',
    days: 'dernier Demo est avant le 28 nov. 2026, et pas (n’est personne et n’a pas d’étape), et est n’importe qui',
  },
  ru: {
    waiting: 'находится на этапе Hot lead больше чем 2 дня, и не состоит в списке A или B',
    events:
      'событие Demo было больше чем 1 раз, считая не больше чем 30 дней назад, или создан: раньше чем 7 дней назад или в будущем',
    days: 'последнее событие Demo: раньше 28 нояб. 2026 г., и не (никто и не имеет этапа), и кто угодно',
  },
}

function Said({ phrases }: { phrases: Phrases }) {
  return <p>{usePhrases()(phrases)}</p>
}

afterEach(cleanup)

describe.each(Object.keys(WORDS) as Language[])('%s', (language) => {
  it.each(Object.keys(SAID))('words %s', async (name) => {
    await speak(language)
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
    const stage = { field: 'stage', type: 'choice' as const, ops: ['='] }
    client.setQueryData(fieldsOptions.queryKey, {
      items: [{ ...stage, choices: [{ key: 'hot_lead', label: 'Hot lead' }] }],
      next: null,
    })
    render(
      <QueryClientProvider client={client}>
        <Said phrases={SAID[name] ?? []} />
      </QueryClientProvider>,
    )
    expect(screen.getByText(/./).textContent.replaceAll('\u00a0', ' ')).toBe(WORDS[language][name])
    await speak('en')
  })
})
