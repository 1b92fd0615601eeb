// @vitest-environment jsdom
import { HeadlessMantineProvider } from '@mantine/core'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { ApiError } from '@/api/problem'
import { ErrorState } from './states'

afterEach(cleanup)

function said(status: number, code: string): string {
  const error = new ApiError(status, { code, detail: 'As the server says.' })
  render(
    <HeadlessMantineProvider>
      <ErrorState error={error} kept="Nothing was changed." onRetry={() => undefined} />
    </HeadlessMantineProvider>,
  )
  return screen.getByRole('alert').textContent ?? ''
}

it('says once that something is gone, and does not ask to try again', () => {
  expect(said(404, 'contact_not_found')).toBe(
    'This does not exist, or not any more' +
      'It may have been removed, or the link is cut off. Your data is untouched.',
  )
})

it('says who can give what the role does not allow', () => {
  expect(said(403, 'scope_missing')).toMatch(/^Your role does not allow thisNothing was changed\. Somebody/)
  expect(screen.queryByRole('button')).toBeNull()
})

it('says what was kept, and offers to try again, where that may help', () => {
  expect(said(503, 'busy')).toContain('Nothing was changed.Try again')
})
