// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { timelineOptions } from '@/api/contacts'
import type { TimelineItem } from '@/api/types'
import type { Language } from '@/i18n'
import { speak } from '@/i18n'
import { timeline } from '@/test/rest'
import { Timeline } from './Timeline'

const [base] = timeline()
if (!base) throw new Error('there is no item to copy')
const NONE: TimelineItem = { ...base, seq: 0, from: null, to: null, recorded: null, actor: null }
const sale = { id: 's1', amount: 120_050, currency: 'EUR', refund: false, refund_of: null }
const pages = [
  { at: base.at, page: 'https://example.com/pricing' },
  { at: base.at, page: 'https://example.com/' },
]

const items: TimelineItem[] = [
  { ...NONE, kind: 'visit', pages },
  { ...NONE, kind: 'visit', pages: pages.slice(0, 1) },
  { ...NONE, kind: 'event', event: { id: null, name: 'Trial Started', properties: null } },
  { ...NONE, kind: 'identified' },
  { ...NONE, kind: 'revenue', revenue: sale },
  { ...NONE, kind: 'revenue', revenue: { ...sale, amount: -50_00, refund: true } },
]

afterEach(async () => {
  cleanup()
  await speak('en')
})

it.each<[Language, string[]]>([
  [
    'en',
    [
      'Visited 2 pages, first example.com/pricing',
      'Visited example.com/pricing',
      'Trial Started',
      'A visitor turned out to be this contact',
      'Sale: €1,200.50',
      'Refund: €50.00',
    ],
  ],
  [
    'ru',
    [
      'Посещение: 2 страницы, первая example.com/pricing',
      'Посещение: example.com/pricing',
      'Trial Started',
      'Посетитель оказался этим контактом',
      'Продажа: 1 200,50 €',
      'Возврат: 50,00 €',
    ],
  ],
])('says in %s what the contact did on the site, bought and was known by', async (language, texts) => {
  await speak(language)
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  client.setQueryData(timelineOptions('ct_1').queryKey, { items, next: null })
  render(
    <QueryClientProvider client={client}>
      <Timeline id="ct_1" zone="Europe/Paris" />
    </QueryClientProvider>,
  )
  const said = screen.getAllByRole('listitem').map((item) => item.firstElementChild?.textContent)
  expect(said.map((text) => text?.replace(/[\u00a0\u202f]/g, ' '))).toEqual(texts)
})
