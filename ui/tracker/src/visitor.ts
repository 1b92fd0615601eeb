/** Who is here. A page has one visitor, so it is the state of this module. */
import { findCookie, readCookie, writeCookie } from './cookie.ts'
import { randomId } from './guard.ts'

/** An id; with `.1` behind it consent was given; `0` is somebody who said no. */
const VISITOR = 'tm_v'
/** Marks the people of the site themselves: they are counted apart. */
export const INTERNAL = 'tm_i'

export let visitor = ''
/** Nothing is kept and nothing sent while this is false. */
export let allowed = false
export let consent = false

/** Reads who is here, and decides whether they may be known. `asks` is true of sites that need consent first. */
export function meet(asks: boolean): void {
  const [id, agreed] = (readCookie(VISITOR) ?? '').split('.')
  visitor = id || randomId()
  consent = !!agreed
  allowed = id !== '0' && (!asks || consent)
  keep()
}

/** Keeps an answer about consent. After a no, nothing but the no is kept. */
export function decide(yes: boolean): void {
  if (objects()) return
  allowed = consent = yes
  if (!yes) writeCookie(VISITOR, (visitor = '0'))
  else if (visitor === '0') visitor = randomId()
  keep()
}

function keep(): void {
  if (allowed) writeCookie(VISITOR, visitor + (consent ? '.1' : ''))
}

/** The browser asks not to be tracked: by Global Privacy Control, or by the older Do Not Track. */
export function objects(): boolean {
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean }
  return browser.globalPrivacyControl || browser.doNotTrack === '1'
}

/** What the scripts of Google and Meta call this visitor, so that revenue can be told to them. Only with consent. */
export function foreignIds(): object | false {
  const client = findCookie('_ga=GA....([\\d.]+)')
  return (
    consent && {
      consent: { given: consent },
      ga: client && { client_id: client, session_id: findCookie('_ga_\\w+=GS....s?(\\d+)') },
      fbp: readCookie('_fbp'),
      fbc: readCookie('_fbc'),
    }
  )
}
