// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { Language } from '@/i18n'
import { speak } from '@/i18n'
import { useNoticeText } from './useNoticeText'

function Said({ kind, count }: { kind: string; count: number | null }) {
  return <p>{useNoticeText()({ kind, count, text: 'As the server says.' })}</p>
}

function said(kind: string, count: number | null) {
  render(<Said kind={kind} count={count} />)
  return screen.getByText(/./).textContent
}

afterEach(async () => {
  cleanup()
  await speak('en')
})

it.each<[Language, number, string]>([
  ['en', 1, '1 sale is in a currency without a known rate: left out of the sums.'],
  ['fr', 2, '2 ventes sont dans une devise sans taux connu\u00a0: absentes des sommes.'],
  ['ru', 5, '5 продаж в валюте без известного курса: в суммы не вошли.'],
])('says a notice in %s', async (language, count, text) => {
  await speak(language)
  expect(said('unrated_sales', count)).toBe(text)
})

it('says what the server says of what it does not know', () => {
  expect(said('of_a_later_version', null)).toBe('As the server says.')
})
