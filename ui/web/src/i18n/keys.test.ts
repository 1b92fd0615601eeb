import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import en from './en.json'

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

it('has no empty text, and both forms of each plural', () => {
  expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([])
  const plurals = Object.keys(texts).filter((key) => PLURAL.test(key))
  const lacking = plurals.filter(
    (key) => !(key.replace(PLURAL, '_other') in texts && key.replace(PLURAL, '_one') in texts),
  )
  expect(lacking).toEqual([])
})
