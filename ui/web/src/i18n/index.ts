import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'

/** The reader's own form of English decides dates and numbers; the words are in `en.json`. */
function readerLocale(): string {
  const preferred = typeof navigator === 'undefined' ? [] : navigator.languages
  return preferred.find((tag) => tag.toLowerCase().startsWith('en')) ?? 'en'
}

void i18next.use(initReactI18next).init({
  lng: readerLocale(),
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
})

export default i18next
