import type { PostProcessorModule } from 'i18next'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

/** The languages that there are, each called by its own name. */
export const LANGUAGES = { en: 'English', fr: 'Français', ru: 'Русский' } as const
export type Language = keyof typeof LANGUAGES

/** Only the words of the chosen language are loaded. */
const WORDS = {
  en: () => import('./en.json'),
  fr: () => import('./fr.json'),
  ru: () => import('./ru.json'),
} satisfies Record<Language, () => Promise<unknown>>

const CHOICE = 'tidemark.language'

function known(tag: string | null | undefined): Language | undefined {
  const short = tag?.toLowerCase().split('-')[0]
  return Object.keys(LANGUAGES).find((one): one is Language => one === short)
}

const preferred = (): readonly string[] => (typeof navigator === 'undefined' ? [] : navigator.languages)

/** What the reader chose here, else the first language of the browser that there is. */
export function readerLanguage(): Language {
  let chosen: string | null = null
  try {
    chosen = localStorage.getItem(CHOICE)
  } catch {
    // Storage may be blocked; the browser's languages decide then.
  }
  return known(chosen) ?? preferred().map(known).find(Boolean) ?? 'en'
}

/** The reader's own form of the language decides dates and numbers, British days before months for example. */
const localeOf = (language: Language) => preferred().find((tag) => known(tag) === language) ?? language

/**
 * A sentence ends in one full stop, also where its last word is an abbreviation that has its own, as Russian years
 * (“2026 г.”) and short months have.
 */
const oneFullStop: PostProcessorModule = {
  type: 'postProcessor',
  name: 'oneFullStop',
  process: (text: string) => text.replace(/(?<!\.)\.\.(?=\s|<|$)/g, '.'),
}

async function words(language: Language): Promise<object> {
  return (await WORDS[language]()).default
}

/** Loads a language and has the page speak it. */
export async function speak(language: Language): Promise<void> {
  const translation = await words(language)
  if (i18next.isInitialized) {
    i18next.addResourceBundle(language, 'translation', translation)
    await i18next.changeLanguage(localeOf(language))
  } else {
    await i18next
      .use(initReactI18next)
      .use(oneFullStop)
      .init({
        lng: localeOf(language),
        fallbackLng: false,
        resources: { [language]: { translation } },
        interpolation: { escapeValue: false },
        postProcess: [oneFullStop.name],
        returnNull: false,
      })
  }
  if (typeof document !== 'undefined') document.documentElement.lang = language
}

/** Speaks a language from now on, in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(CHOICE, language)
  } catch {
    // It holds until the page is closed.
  }
  await speak(language)
}

/** The language spoken now. */
export function spoken(tag: string): Language {
  return known(tag) ?? 'en'
}
