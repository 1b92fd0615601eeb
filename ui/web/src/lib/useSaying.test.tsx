// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { Language } from '@/i18n'
import { speak } from '@/i18n'
import type { Group, Saying } from './useSaying'
import { useSaying } from './useSaying'

function Said({ group, ...saying }: Omit<Saying, 'text'> & { group: Group }) {
  return <p>{useSaying()(group, { ...saying, text: 'As the server says.' })}</p>
}

function said(group: Group, code: string, params?: Saying['params']) {
  render(<Said group={group} code={code} params={params} />)
  return screen.getByText(/./).textContent
}

afterEach(async () => {
  cleanup()
  await speak('en')
})

const IMPORT = { name: 'crm.csv', mode: 'move', created: 1, updated: 2, moved: 1_200 }

it.each<[Language, string]>([
  ['en', 'Import of crm.csv (Move): 1 contact created, 2 rows updated, 1,200 stage changes.'],
  [
    'fr',
    'Import de crm.csv (Déplacement) : 1 contact créé, 2 lignes mises à jour, 1 200 changements d’étape.',
  ],
  ['ru', 'Импорт crm.csv (Переход): создан 1 контакт, обновлены 2 строки, 1 200 смен этапа.'],
])('says an import in %s', async (language, text) => {
  await speak(language)
  expect(said('edit', 'import', IMPORT)?.replace(/[\u00a0\u202f]/g, ' ')).toBe(text)
})

it.each<[string, Group, string, Saying['params'], string]>([
  ['a list', 'edit', 'stages_ordered', { kind: 'lost', stages: ['A', 'B'] }, 'вида «Потеряно»: A и B.'],
  ['a rate', 'edit', 'rate', { currency: 'USD', rate: 1.08765, into: 'EUR', day: '2026-01-02' }, '1,08765'],
  ['a day', 'edit', 'rate', { currency: 'USD', rate: 1, into: 'EUR', day: '2026-01-02' }, '2 янв. 2026 г.'],
  ['what was changed since', 'why', 'since', { what: 'stage_name', stage: 'Offer' }, 'название этапа Offer.'],
  ['how contacts came', 'why', 'since', { what: 'default_stage', way: 'form' }, 'контактов (Форма).'],
])('names %s', async (_, group, code, params, end) => {
  await speak('ru')
  expect(said(group, code, params)).toContain(end)
})

it('says what the server says of what it does not know', () => {
  expect(said('edit', 'of_a_later_version')).toBe('As the server says.')
})
