// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Language } from '@/i18n'
import { speak } from '@/i18n'
import type { Dimension } from './search'
import type { NamedGroup } from './useGroupName'
import { useGroupName } from './useGroupName'

/** As the server answers: its labels are English, whatever the page speaks. */
const other: NamedGroup = { kind: 'other', label: 'Other' }
const none: NamedGroup = { kind: 'none', label: 'No campaign' }

function Names({ by, groups }: { by?: Dimension; groups: (NamedGroup | null)[] }) {
  return <p>{groups.map(useGroupName(by)).join(', ')}</p>
}

function named(by: Dimension | undefined, ...groups: (NamedGroup | null)[]) {
  render(<Names by={by} groups={groups} />)
  return screen.getByText(/./).textContent
}

afterEach(async () => {
  cleanup()
  await speak('en')
})

const SAID: Record<Language, string> = {
  en: 'All, Spring sale, Other (7 values), Other, No campaign',
  fr: 'Tous, Spring sale, Autres (7 valeurs), Autres, Sans campagne',
  ru: 'Все, Spring sale, Остальные (7 значений), Остальные, Без кампании',
}

describe.each(Object.keys(SAID) as Language[])('%s', (language) => {
  it('names groups by what they are, not by the label of the answer', async () => {
    await speak(language)
    const value: NamedGroup = { kind: 'value', label: 'Spring sale' }
    expect(named('campaign', null, value, { ...other, values: 7 }, other, none)).toBe(SAID[language])
  })
})

it('names the fixed values of a dimension', async () => {
  await speak('fr')
  expect(named('created_by', { kind: 'value', label: 'form' })).toBe('Formulaire')
})

it.each<[Dimension, string]>([
  ['source', 'Без источника'],
  ['utm_term', 'Без utm_term'],
])('says of a row of the source report that it has no %s', async (by, said) => {
  await speak('ru')
  expect(named(by, none)).toBe(said)
})

it('says what is missing without knowing of what', () => {
  expect(named(undefined, none, other)).toBe('No value, Other')
})
