import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** On a phone a row of pages holds more than fit: the one that is open is scrolled into view. */
export function useOpenInView() {
  const row = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    const open = row.current?.querySelector('[aria-current="page"]')
    if (!row.current || !open) return
    const [around, at] = [row.current.getBoundingClientRect(), open.getBoundingClientRect()]
    row.current.scrollLeft += at.left - around.left - (around.width - at.width) / 2
  }, [pathname])
  return row
}
