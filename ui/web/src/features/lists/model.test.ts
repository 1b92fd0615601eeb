import { expect, it } from 'vitest'
import { days, pasted } from './model'

it('counts who entered and left by the day of the workspace', () => {
  const item = (at: string, entered: boolean) => ({ at, entered, contact_id: 'ct_1', name: null })
  const found = days(
    [
      item('2026-11-14T23:30:00Z', true),
      item('2026-11-14T12:00:00Z', false),
      item('2026-11-14T08:00:00Z', true),
    ],
    'Europe/Paris',
  )
  expect(found.map(({ day, entered, left }) => ({ day, entered, left }))).toEqual([
    { day: '2026-11-15', entered: 1, left: 0 },
    { day: '2026-11-14', entered: 1, left: 1 },
  ])
})

it('sends only lines that say something', () => {
  expect(pasted(' a@b.c \r\n\n  \nct_2\n')).toBe('a@b.c\nct_2')
})
