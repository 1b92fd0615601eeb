// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import i18next from 'i18next'
import { Trans } from 'react-i18next'
import { afterEach, expect, it } from 'vitest'
import { day, dayRange } from '@/lib/format'
import { speak } from '.'

afterEach(async () => {
  cleanup()
  await speak('en')
})

it('ends a sentence in one full stop where a date has its own', async () => {
  await speak('ru')
  const days = dayRange('2026-11-01', '2026-11-14', 'ru')
  expect(days).toMatch(/г\.$/)
  expect(i18next.t('contact.moved', { stage: days })).toBe(`Теперь на этапе ${days}`)
  const at = day('2026-11-14', 'ru', { day: 'numeric', month: 'short' })
  expect(i18next.t('destinations.next', { at })).toBe(`Следующая попытка ${at}`)
})

it('does so before a tag and between sentences, and leaves an ellipsis', async () => {
  await speak('ru')
  render(
    <p>
      <Trans
        i18nKey="sources.reading.agree"
        values={{ model: 'a', also: 'b', name: 'В. В.', value: '1', otherValue: '2 тыс.' }}
        components={{ b: <b /> }}
      />
    </p>,
  )
  expect(screen.getByText(/лучший/).textContent).toMatch(/и 2 тыс\.$/)
  expect(i18next.t('contact.moved', { stage: 'до…' })).toBe('Теперь на этапе до….')
  expect(i18next.t('contact.moved', { stage: 'до..' })).toBe('Теперь на этапе до...')
})
