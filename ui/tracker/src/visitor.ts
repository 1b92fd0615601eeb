/** Who is here. A page has one visitor, so it is the state of this module. */
import { readCookie, writeCookie } from './cookie.ts'
import { randomId } from './guard.ts'

/** An id, and behind a point what was agreed to; `0` is somebody who said no. */
const VISITOR = 'tm_v'
/** Marks the people of the site themselves: they are counted apart. */
export const INTERNAL = 'tm_i'

/** What stands behind the id. */
const ADS = '1'
const ALL_BUT_ADS = '2'

export let visitor = ''
/** Nothing is kept and nothing sent while this is false. */
export let allowed = false
let consent = ''

/** Reads who is here, and decides whether they may be known. `asks` is true of sites that need consent first. */
export function meet(asks: boolean): void {
  const [id, suffix = ''] = (readCookie(VISITOR) ?? '').split('.')
  visitor = id || randomId()
  consent = suffix
  allowed = id !== '0' && (!asks || !!consent)
  keep()
}

/** Keeps an answer about consent. After a no, nothing but the no is kept. */
export function decide(yes: boolean, ads: boolean): void {
  if (objects()) return
  allowed = yes
  consent = yes ? (ads ? ADS : ALL_BUT_ADS) : ''
  if (!yes) writeCookie(VISITOR, (visitor = '0'))
  else if (visitor === '0') visitor = randomId()
  keep()
}

function keep(): void {
  if (allowed) writeCookie(VISITOR, visitor + (consent && '.' + consent))
}

/** The browser asks not to be tracked: by Global Privacy Control, or by the older Do Not Track. */
export function objects(): boolean {
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean }
  return browser.globalPrivacyControl || browser.doNotTrack === '1'
}

/** What was agreed to, and what the scripts of Google and Meta call this visitor, so that revenue can be told to them. */
export const agreed = (): object | '' =>
  consent && {
    consent: { analytics: true, ads: consent === ADS },
    ga: readCookie('_ga'),
    ga_session: readCookie('_ga_\\w+'),
    ...(consent === ADS && { fbp: readCookie('_fbp'), fbc: readCookie('_fbc') }),
  }
