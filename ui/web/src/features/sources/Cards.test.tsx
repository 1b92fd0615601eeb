// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { Language } from '@/i18n'
import { speak } from '@/i18n'
import { LeadKinds } from './Cards'

afterEach(async () => {
  cleanup()
  await speak('en')
})

it.each<[Language, string]>([
  ['en', '1,176 forms, 1 call, 2 chats, 1.5 others'],
  ['fr', '1 176 formulaires, 1 appel, 2 chats, 1,5 autre'],
  ['ru', '1 176 форм, 1 звонок, 2 чата, 1,5 другой'],
])('counts kinds of leads in %s', async (language, text) => {
  await speak(language)
  const { container } = render(
    <p>
      <LeadKinds leads={{ form: 1176, call: 1, chat: 2, other: 1.54, all: 1180.5 }} />
    </p>,
  )
  expect(container.textContent?.replace(/[\u00a0\u202f]/g, ' ')).toBe(text)
})
