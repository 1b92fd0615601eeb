import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { PAGES } from './pages'

/** How long `g` waits for its letter. */
const CHORD_MS = 1_500
/** The page's own search box carries this id. */
export const SEARCH_ID = 'page-search'

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

export function useShortcuts(onHelp: () => void): void {
  const navigate = useNavigate()
  const chord = useRef(0)
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return
      const page = PAGES.find((one) => one.key === event.key)
      if (performance.now() - chord.current < CHORD_MS && page) {
        chord.current = 0
        event.preventDefault()
        return void navigate({ to: page.to })
      }
      chord.current = event.key === 'g' ? performance.now() : 0
      if (event.key === '?') onHelp()
      if (event.key === '/') {
        event.preventDefault()
        const box = document.getElementById(SEARCH_ID)
        if (box) box.focus()
        else void navigate({ to: '/contacts' }).then(() => document.getElementById(SEARCH_ID)?.focus())
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [navigate, onHelp])
}
