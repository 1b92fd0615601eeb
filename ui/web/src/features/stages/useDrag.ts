import type { PointerEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { landing } from './model'

interface Drag {
  from: number
  to: number
  /** How far the row is from its place, and how tall it is. */
  offset: number
  height: number
}

/** Drags a row of a list by its grip, with mouse, pen or finger. Esc takes it back. */
export function useDrag(onDrop: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const start = useRef({ y: 0, middles: [] as number[] })

  useEffect(() => {
    if (!drag) return
    const cancel = (event: KeyboardEvent) => event.key === 'Escape' && setDrag(null)
    document.addEventListener('keydown', cancel)
    return () => document.removeEventListener('keydown', cancel)
  }, [drag])

  function grip(from: number) {
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0 || !list.current) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const boxes = [...list.current.children].map((row) => row.getBoundingClientRect())
        start.current = { y: event.clientY, middles: boxes.map((box) => box.top + box.height / 2) }
        setDrag({ from, to: from, offset: 0, height: boxes[from]?.height ?? 0 })
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (!drag) return
        const offset = event.clientY - start.current.y
        const middle = (start.current.middles[drag.from] ?? 0) + offset
        setDrag({ ...drag, offset, to: landing(start.current.middles, drag.from, middle) })
      },
      onPointerUp: () => {
        if (drag && drag.to !== drag.from) onDrop(drag.from, drag.to)
        setDrag(null)
      },
      onPointerCancel: () => setDrag(null),
    }
  }

  /** Where a row is drawn while another one (or itself) is dragged. */
  function shift(row: number): number {
    if (!drag) return 0
    if (row === drag.from) return drag.offset
    if (row > drag.from && row <= drag.to) return -drag.height
    if (row < drag.from && row >= drag.to) return drag.height
    return 0
  }
  return { list, grip, shift, dragged: drag?.from }
}
