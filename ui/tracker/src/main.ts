/**
 * The site script: tells Tidemark which pages are seen, and what is written into forms. It works for the site's owner
 * only: a first-party cookie with a random id, no third party, nothing before consent where the site asks for it, and
 * nothing at all where the browser objects.
 */
import { watchForms } from './forms.ts'
import { guard, on } from './guard.ts'
import { view, watchPages } from './pages.ts'
import { showNumber } from './phone.ts'
import { add, connect, flush, forget } from './queue.ts'
import { writeCookie } from './cookie.ts'
import { decide, INTERNAL, meet, objects } from './visitor.ts'

type Call = (...args: unknown[]) => void

/** What stands at window.tidemark: before the script `q`, a list of calls; later the calls themselves. */
interface Site {
  q?: [name: string, ...args: unknown[]][]
  [name: string]: unknown
}

const page = window as unknown as { tidemark?: Site }

/** What a page may call. */
const calls = {
  page: view,
  identify: (traits: object) => add('identify', { traits }),
  track: (name: string, properties?: object) => add('track', { name, properties }),
  stage: (stage: string) => add('stage', { stage }),
  consent(yes = true, ads = yes) {
    if (!yes) forget()
    decide(yes, ads)
    flush()
  },
  ignore: (yes = true) => writeCookie(INTERNAL, yes ? '1' : ''),
}

/** Puts the calls at window.tidemark, and makes those that were waiting. */
function answer(): void {
  const waiting = page.tidemark?.q ?? []
  const site = (page.tidemark = calls as unknown as Record<string, Call>)
  for (const name in site) site[name] = guard(site[name] as Call)
  waiting.forEach(([name, ...args]) => site[name]?.(...args))
}

function watch(): void {
  const { key, consent, forms } = script.dataset
  const at = (path: string) => new URL(path, script.src).href
  meet(consent === 'required')
  view()
  watchPages()
  watchForms(forms === 'all')
  connect(at('/v1/visit'), key)
  const phone = () => showNumber(at('/v1/phone'), key)
  if (document.readyState === 'loading') on('DOMContentLoaded', phone)
  else phone()
}

const start = guard(() => {
  // Where the browser objects every call is there, and does nothing.
  if (!objects()) watch()
  answer()
})

const script = document.currentScript as HTMLScriptElement
// A page that the browser fetches ahead may never be seen.
if ((document as { prerendering?: boolean }).prerendering) on('prerenderingchange', start)
// The script twice on a page is once.
else if (!page.tidemark?.page) start()
