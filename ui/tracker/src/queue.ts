/** What happened, waiting to be sent: for the end of this moment, for consent, or for a connection. */
import { guard, on, randomId } from './guard.ts'
import { readCookie } from './cookie.ts'
import { allowed, agreed, INTERNAL, visitor } from './visitor.ts'

export type Kind = 'page' | 'identify' | 'track' | 'stage' | 'form'

const MOST = 100
const BATCH = 20
const PAUSE = 50
const AGAIN = 5000

let waiting: object[] = []
let url = ''
let key: string | undefined

/** Adds what happened. Beyond the limit it is dropped: anything is better than a slow page. */
export function add(type: Kind, more: object): void {
  if (waiting.length >= MOST) return
  waiting.push({ id: randomId(), type, at: Date.now(), page: location.href, title: document.title, ...more })
  setTimeout(flush, PAUSE)
}

/** Everything so far is forgotten, here and there: what waited for a consent that was refused, and what was agreed to. */
export function forget(): void {
  waiting = []
  if (url && allowed) send({ consent: { given: false } })
}

/** Sends what waits, if it may be sent. */
export const flush = guard(() => {
  while (url && allowed && navigator.onLine && waiting[0]) {
    send({ ...agreed(), events: waiting.splice(0, BATCH) })
  }
})

/**
 * A string is sent as text/plain, which needs no question beforehand. The answer is not waited for; where a beacon
 * cannot be queued a request takes its place, and is tried once more.
 */
function send(more: object): void {
  const body = JSON.stringify({
    key,
    visitor,
    sent_at: Date.now(),
    internal: !!readCookie(INTERNAL),
    ...more,
  })
  const request = (again?: boolean): Promise<unknown> =>
    fetch(url, { method: 'POST', body, keepalive: true, mode: 'no-cors' }).catch(
      () => again && setTimeout(request, AGAIN),
    )
  if (!navigator.sendBeacon?.(url, body)) void request(true)
}

/** Says where everything goes, as whose. */
export function connect(to: string, as: string | undefined): void {
  url = to
  key = as
  on('online', flush)
  // The last sign of a page that is left, also on phones.
  on('visibilitychange', flush)
}
