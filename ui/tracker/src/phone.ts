import { allowed } from './visitor.ts'

const MARKED = '[data-tidemark-phone]'

/**
 * Replaces the phone number of marked elements by the one of the visitor's source, which the server is asked for once;
 * while the tab is open it stays, so that a call is credited to what the visit began with.
 */
export function showNumber(url: string, key = ''): void {
  if (!document.querySelector(MARKED)) return
  const known = sessionStorage.tm_p as string | undefined
  if (known) return show(known)
  void fetch(`${url}?${new URLSearchParams({ key, page: location.href, referrer: document.referrer })}`)
    .then((answer) => answer.json())
    .then(({ number }: { number?: string }) => {
      if (!number) return
      show(number)
      if (allowed) sessionStorage.tm_p = number
    })
    .catch(() => {})
}

function show(number: string): void {
  document.querySelectorAll<HTMLAnchorElement>(MARKED).forEach((element) => {
    element.textContent = number
    if (element.href) element.href = 'tel:' + number.replace(/[^+\d]/g, '')
  })
}
