import { expect, it } from 'vitest'
import { days, linesAt, pasted } from './model'

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
  expect(pasted(' a@b.c \r\n\n  \n,\n"", x\nct_2\n')).toBe('a@b.c\nct_2')
})

it('finds the lines that were refused, whatever stood between them', () => {
  expect(linesAt('a@b.c\n\n,\nnobody@b.c\nct_2\n none', [{ index: 1 }, { index: 3 }])).toBe(
    'nobody@b.c\nnone',
  )
})
