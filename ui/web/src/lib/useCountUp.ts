import { useEffect, useRef, useState } from 'react'

const MS = 140

/** Moves from the last shown number to the new one in place; at once where motion is not wanted. */
export function useCountUp(value: number | null): number | null {
  const [shown, setShown] = useState(value)
  const last = useRef(value)
  useEffect(() => {
    const from = last.current
    last.current = value
    const still = typeof matchMedia === 'undefined' || matchMedia('(prefers-reduced-motion: reduce)').matches
    if (from === null || value === null || from === value || still) return setShown(value)
    const start = performance.now()
    let frame = requestAnimationFrame(function step(now) {
      const part = Math.min(1, (now - start) / MS)
      setShown(from + (value - from) * part)
      if (part < 1) frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [value])
  return shown
}
