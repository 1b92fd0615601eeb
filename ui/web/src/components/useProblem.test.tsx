// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ApiError } from '@/api/problem'
import type { Language } from '@/i18n'
import { speak } from '@/i18n'
import en from '@/i18n/en.json'
import { useProblem } from './useProblem'

type Document = ConstructorParameters<typeof ApiError>[1]

function Text({ error }: { error: unknown }) {
  return <p>{useProblem().text(error)}</p>
}

function Field({ error, name }: { error: unknown; name: string }) {
  return <p>{useProblem().field(error, name) ?? 'nothing'}</p>
}

const shown = () => screen.getByText(/./).textContent

function text(status: number, document: Document) {
  render(<Text error={new ApiError(status, document)} />)
  return shown()
}

afterEach(async () => {
  cleanup()
  await speak('en')
})

it.each<[Language, string]>([
  ['en', 'There is one named Spring already.'],
  ['fr', 'Ce nom est déjà pris\u00a0: Spring.'],
  ['ru', 'Это название уже занято: Spring.'],
])('says a refusal in %s', async (language, said) => {
  await speak(language)
  expect(text(409, { code: 'name_taken', detail: 'As it says.', params: { name: 'Spring' } })).toBe(said)
})

it.each<[string, number, Document, string]>([
  ['what is not there', 404, { code: 'note_not_found' }, 'Этого нет или уже нет.'],
  ['what is not there by its own words', 404, { code: 'share_ended' }, 'Этой ссылки нет'],
  ['a full shelf', 409, { code: 'too_many_notes', params: { max: 2000 } }, 'не больше 2\u00a0000'],
  ['a server that is busy', 503, { code: 'engine_busy' }, 'Сервер занят'],
  ['a full disk', 503, { code: 'storage_full' }, 'Диск сервера заполнен.'],
  ['no connection', 0, {}, 'Сервер недоступен'],
  ['an edit that cannot be undone', 409, cannotUndo(), 'С тех пор изменено снова: часовой пояс.'],
])('says %s', async (_, status, document, said) => {
  await speak('ru')
  expect(text(status, { detail: 'As it says.', ...document })).toContain(said)
})

function cannotUndo(): Document {
  const reason = { location: 'path.seq', message: 'x', code: 'since', params: { what: 'time_zone' } }
  return { code: 'cannot_undo', errors: [reason] }
}

it('says what the server says of what it does not know', () => {
  expect(text(409, { code: 'of_a_later_version', detail: 'As it says.' })).toBe('As it says.')
  cleanup()
  expect(text(502, {})).toBe(en.error.title)
})

it('says what is wrong with a field', async () => {
  await speak('fr')
  const field = { location: 'body.name', message: 'is long', code: 'too_long', params: { max: 300 } }
  const error = new ApiError(422, { code: 'invalid', errors: [field] })
  render(<Field error={error} name="name" />)
  expect(shown()).toBe('300 caractères au plus.')
  cleanup()
  render(<Field error={error} name="email" />)
  expect(shown()).toBe('nothing')
})

describe('the codes', () => {
  const root = join(import.meta.dirname, '../../../..')
  const packages = readdirSync(root).filter((name) => /^[a-z]+$/.test(name) && name !== 'ui')
  const go = packages
    .flatMap((name) =>
      readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
    )
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n')
  /** Said here of several codes at once. */
  const common = ['not_found', 'no_room', 'busy']

  it.each(['problem', 'wrong'] as const)('of what is said as %s are those of the server', (group) => {
    const gone = Object.keys(en.says[group]).filter((code) => !go.includes(`"${code}"`))
    expect(gone.filter((code) => !common.includes(code))).toEqual([])
  })
})
