import { guard, on } from './guard.ts'
import { add } from './queue.ts'

/** Applications set the title after the address, and redirect within a moment: the view is what it has become. */
const SETTLE = 50

let seen = ''
let referrer = document.referrer

/** What makes a page another one. Behind the hash only what looks like a route counts, not a place on the page. */
const path = () => location.pathname + (/^#[/!]/.test(location.hash) ? location.hash : '')
const address = () => path() + location.search

/** Adds a view of the page as it is now. The next one comes from here, not from where the visit began. */
export function view(): void {
  seen = address()
  add('page', { referrer })
  referrer = location.href
}

function look(): void {
  if (address() !== seen) view()
}

/** Watches an application that changes its address by itself, and pages that the browser brings back whole. */
export function watchPages(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const moved = () => {
    clearTimeout(timer)
    timer = setTimeout(guard(look), SETTLE)
  }
  let before: string
  wrap('pushState', moved)
  // What only replaces the parameters of its address notes the state of a page, and is no new one.
  wrap('replaceState', () => {
    if (before === path()) seen = address()
    else moved()
  })
  // Fires for changes behind the hash too.
  on('popstate', moved)
  on('pageshow', (event) => {
    if ((event as PageTransitionEvent).persisted) view()
  })

  function wrap(name: 'pushState' | 'replaceState', after: () => void): void {
    const original = history[name]
    history[name] = function (this: History, ...args) {
      before = path()
      original.apply(this, args)
      after()
    }
  }
}
