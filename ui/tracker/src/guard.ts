/** A page must never notice this script: what fails in it fails silently. */
export function guard<A extends unknown[]>(work: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      work(...args)
    } catch {
      // Nobody on this page could do anything about it.
    }
  }
}

/** Runs work at every such event of the page: the window hears all of them first, as they come down. */
export function on(event: string, work: (event: Event) => void): void {
  addEventListener(event, guard(work), true)
}

/** 128 random bits: names a visitor, or an event. */
export const randomId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-')
