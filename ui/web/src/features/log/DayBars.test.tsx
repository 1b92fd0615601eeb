// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { DayBars } from './DayBars'
import type { DayCount } from './model'

const days: DayCount[] = [
  { day: '2026-11-01', count: 30, mark: null, usual: 31 },
  { day: '2026-11-02', count: 420, mark: 'spike', usual: 31.4 },
  { day: '2026-11-03', count: 0, mark: 'drop', usual: 30 },
]
const bars = () => screen.getAllByRole('button')

afterEach(cleanup)

it('says of each day how many, and of a marked one what is usual', () => {
  render(<DayBars label="Days" days={days} onPick={() => undefined} />)
  expect(bars().map((bar) => bar.getAttribute('aria-label'))).toEqual([
    expect.stringMatching(/2026: 30 changes$/),
    expect.stringMatching(/2026: 420 changes, a spike; usual are 31$/),
    expect.stringMatching(/2026: 0 changes, a drop; usual are 30$/),
  ])
})

it('is one stop of the Tab key; arrows go from day to day and stop at the ends', () => {
  render(<DayBars label="Days" days={days} onPick={() => undefined} />)
  const stops = () => bars().map((bar) => bar.tabIndex)
  expect(stops()).toEqual([-1, -1, 0])
  bars()[2]?.focus()
  fireEvent.keyDown(document.activeElement ?? document, { key: 'ArrowLeft' })
  expect(document.activeElement).toBe(bars()[1])
  expect(stops()).toEqual([-1, 0, -1])
  fireEvent.keyDown(document.activeElement ?? document, { key: 'Home' })
  fireEvent.keyDown(document.activeElement ?? document, { key: 'ArrowLeft' })
  expect(document.activeElement).toBe(bars()[0])
})

it('leads to the changes of a day', () => {
  const pick = vi.fn()
  render(<DayBars label="Days" days={days} onPick={pick} />)
  fireEvent.click(bars()[1] ?? document)
  expect(pick).toHaveBeenCalledWith('2026-11-02')
})
