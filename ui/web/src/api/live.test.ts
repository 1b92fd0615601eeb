// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followChanges } from './live'

class FakeEvents {
  static last: FakeEvents | undefined
  closed = false
  private readonly on = new Map<string, () => void>()
  constructor(readonly url: string) {
    FakeEvents.last = this
  }
  addEventListener(name: string, listener: () => void) {
    this.on.set(name, listener)
  }
  emit(name: string) {
    this.on.get(name)?.()
  }
  close() {
    this.closed = true
  }
}

let hidden = false
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeEvents)
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
})
afterEach(() => {
  hidden = false
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function follow() {
  const client = new QueryClient()
  const renewed = vi.spyOn(client, 'invalidateQueries')
  const states: string[] = []
  const stop = followChanges(client, ['lifecycle'], (state) => states.push(state))
  return { renewed, states, stop }
}

it('renews at each change', () => {
  const { renewed, states, stop } = follow()
  FakeEvents.last?.emit('open')
  FakeEvents.last?.emit('change')
  expect(renewed).toHaveBeenCalledWith({ queryKey: ['lifecycle'] })
  expect(states).toEqual(['live'])
  stop()
})

it('polls every ten seconds while events do not come through, and stops when they do', () => {
  const { renewed, states, stop } = follow()
  FakeEvents.last?.emit('error')
  vi.advanceTimersByTime(20_000)
  expect(renewed).toHaveBeenCalledTimes(2)
  FakeEvents.last?.emit('open')
  vi.advanceTimersByTime(60_000)
  expect(renewed).toHaveBeenCalledTimes(2)
  expect(states).toEqual(['polling', 'live'])
  stop()
})

it('holds no connection in a hidden tab and catches up when shown', () => {
  const { renewed, states, stop } = follow()
  const first = FakeEvents.last
  hidden = true
  document.dispatchEvent(new Event('visibilitychange'))
  expect(first?.closed).toBe(true)
  hidden = false
  document.dispatchEvent(new Event('visibilitychange'))
  expect(renewed).toHaveBeenCalledTimes(1)
  expect(FakeEvents.last).not.toBe(first)
  expect(states).toContain('paused')
  stop()
})
