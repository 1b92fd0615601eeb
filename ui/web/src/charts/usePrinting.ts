import { useSyncExternalStore } from 'react'

/** What a portrait page has between its margins, in pixels. */
export const PAPER = 718

function subscribe(tell: () => void) {
  const media = matchMedia('print')
  media.addEventListener('change', tell)
  return () => media.removeEventListener('change', tell)
}

/** Whether the page is being printed. A browser waits for what follows at once, as a store's readers do. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia('print').matches)
}
