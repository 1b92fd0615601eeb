import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { TFunction } from 'i18next'
import i18next from 'i18next'
import { expect } from './page'

/** The languages as browsers ask for them. */
export const LOCALES = { en: 'en-GB', fr: 'fr-FR', ru: 'ru-RU' } as const
export type Language = keyof typeof LOCALES
export const LANGUAGES = ['en', 'fr', 'ru'] as const satisfies Language[]

const SPACES: Record<Language, object> = { en: read('en'), fr: read('fr'), ru: read('ru') }

function read(language: Language): object {
  const path = join(import.meta.dirname, '../src/i18n', `${language}.json`)
  return JSON.parse(readFileSync(path, 'utf8')) as object
}

/** What the dashboard says in a language, from its own files. */
export function words(language: Language): TFunction {
  const i18n = i18next.createInstance()
  void i18n.init({
    lng: language,
    initAsync: false,
    resources: { [language]: { translation: SPACES[language] } },
    interpolation: { escapeValue: false },
  })
  return i18n.t
}

function texts(value: object): string[] {
  return Object.values(value).flatMap((inner: unknown) =>
    typeof inner === 'string' ? [inner] : texts(inner as object),
  )
}

/** Whole texts that only the other languages have. Short ones may be names of the data. */
function foreign(language: Language): string[] {
  const own = new Set(texts(SPACES[language]))
  const others = LANGUAGES.filter((one) => one !== language).flatMap((one) => texts(SPACES[one]))
  return [...new Set(others)].filter((text) => text.length > 8 && !own.has(text))
}

/** Nothing on the page or in its part, hidden names of controls included, is a key, a hole, a bare number or of another language. */
export async function expectSpoken(page: Page, language: Language, part = 'body') {
  const keys = `\\b(?:${Object.keys(SPACES.en).join('|')})(?:\\.[a-z]\\w*)+`
  const found = await page.evaluate(
    ({ keys, foreign, comma, part }) => {
      const raw = [
        new RegExp(`^${keys}$`),
        /\{\{|\}\}|\bNaN\b|\bundefined\b|\[object |Invalid Date|\bInfinity\b/,
        // A fraction without end, a share as a fraction, a large number in one piece.
        /(?:^|[\s(])\d+[.,]\d{4,}|(?:^|\s)\d{5,}(?=$|\s)/,
        ...(comma ? [/\d\.\d\s?%/] : []),
      ]
      const others = new Set(foreign)
      const wrong = (text: string) => others.has(text) || raw.some((one) => one.test(text))
      const said = new Set<string>()
      const root = document.querySelector(part) ?? document.body
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode
        if (!parentElement?.closest('script, style, body [lang], kbd, code, pre')) said.add(textContent ?? '')
      }
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        for (const one of root.querySelectorAll(`[${name}]`)) said.add(one.getAttribute(name) ?? '')
      }
      return [document.title, ...said].map((text) => text.trim()).filter(wrong)
    },
    { keys, foreign: foreign(language), comma: language !== 'en', part },
  )
  expect(found).toEqual([])
}
