/** 13 months, the longest that regulators accept, begun anew with every page. */
const MAX_AGE = 395 * 86_400

/** Reads a cookie; the name is a pattern. */
export function readCookie(name: string): string | undefined {
  return document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1]
}

/**
 * Sets a cookie for the whole site: on the widest domain that the browser takes, so that shop.example.com and
 * www.example.com know the same visitor. An empty value removes it.
 */
export function writeCookie(name: string, value: string): void {
  const rest = `;path=/;SameSite=Lax;max-age=${value ? MAX_AGE : 0}${isSecureContext ? ';Secure' : ''}`
  const labels = location.hostname.split('.')
  // The browser refuses public suffixes, bare names and numbers, so the first one that sticks is the widest.
  for (let from = labels.length - 1; from >= 0; from--) {
    document.cookie = `${name}=${value};domain=${labels.slice(from).join('.')}${rest}`
    if (value && readCookie(name) === value) return
  }
  document.cookie = `${name}=${value}${rest}`
}
