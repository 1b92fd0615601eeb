import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './en.json'
import fr from './fr.json'
import ru from './ru.json'

const SRC = join(import.meta.dirname, '..')
const PLURAL = /_(zero|one|two|few|many|other)$/

function flatten(value: unknown, prefix = ''): Record<string, string> {
  if (typeof value === 'string') return { [prefix]: value }
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      Object.entries(flatten(inner, prefix ? `${prefix}.${key}` : key)),
    ),
  )
}

function sources(): string {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => readFileSync(join(SRC, name), 'utf8'))
    .join('\n')
}

const code = sources()
const texts = flatten(en)
const keys = [...new Set(Object.keys(texts).map((key) => key.replace(PLURAL, '')))]

/** `t('a.b')`, `i18nKey="a.b"`, and `t(`a.${x}.c`)` as a pattern; a ternary inside `t(…)` counts twice. */
const used = new Set(
  [...code.matchAll(/['"]([a-z]\w*(?:\.\w+)*)['"]/g)].flatMap(([, key = '']) =>
    keys.includes(key) ? [key] : [],
  ),
)
const asked = [...code.matchAll(/(?:\bt\(\s*|i18nKey=)['"]([\w.]+)['"]/g)].map(([, key = '']) => key)
const patterns = [...code.matchAll(/(?:\bt\(\s*|i18nKey=\{)`([^`]+)`/g)].map(
  ([, text = '']) => new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{[^}]*\}+/g, '\\w+')}$`),
)

it('has a text for every key in the code', () => {
  expect(asked.filter((key) => !keys.includes(key))).toEqual([])
  expect(patterns.filter((pattern) => !keys.some((key) => pattern.test(key))).map(String)).toEqual([])
})

it('has no text that nothing uses', () => {
  const unused = keys.filter((key) => !used.has(key) && !patterns.some((pattern) => pattern.test(key)))
  expect(unused).toEqual([])
})

const languages = { en: texts, fr: flatten(fr), ru: flatten(ru) }

/** Placeholders and tags: a translation that loses one loses a number or a link. */
function parts(text: string): string {
  return [...new Set(text.match(/\{\{\w+\}\}|<\/?\w+\/?>/g) ?? [])].toSorted().join(' ')
}

describe.each(Object.entries(languages))('%s', (language, own) => {
  const base = (key: string) => key.replace(PLURAL, '')
  const plural = new Set(keys.filter((key) => `${key}_other` in texts))
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories

  it('has every text of English and no other', () => {
    const bases = new Set(Object.keys(own).map(base))
    expect({
      missing: keys.filter((key) => !bases.has(key)),
      unknown: [...bases].filter((key) => !keys.includes(key)),
    }).toEqual({ missing: [], unknown: [] })
  })

  it('has no empty text, and just the plural forms of the language', () => {
    expect(Object.entries(own).filter(([, text]) => text.trim() === '')).toEqual([])
    const wrong = [...plural].filter((key) => {
      const there = Object.keys(own).filter((one) => PLURAL.test(one) && base(one) === key)
      return (
        there.toSorted().join() !==
        forms
          .map((form) => `${key}_${form}`)
          .toSorted()
          .join()
      )
    })
    expect(wrong).toEqual([])
    const needless = Object.keys(own).filter((key) => PLURAL.test(key) && !plural.has(base(key)))
    expect(needless).toEqual([])
  })

  it('keeps placeholders and tags', () => {
    const lost = Object.entries(own).filter(([key, text]) => {
      const model = texts[key] ?? texts[`${base(key)}_other`] ?? ''
      // The form for one may say “the day” for “1 day”.
      return /_one$/.test(key)
        ? parts(text)
            .split(' ')
            .some((part) => part !== '' && !parts(texts[`${base(key)}_other`] ?? model).includes(part))
        : parts(text) !== parts(model)
    })
    expect(lost).toEqual([])
  })
})

it('lets no sign of a French sentence begin a line', () => {
  const apart = Object.values(languages.fr).filter((text) => / [:;?!»](?!\S)|« /.test(text))
  expect(apart).toEqual([])
})
