import type { Membership } from '@/api/types'
import { dayIn } from '@/lib/days'

/** Who entered and who left a list, day by day. Pure. */

export interface Day {
  day: string
  entered: number
  left: number
  items: Membership[]
}

export function days(items: Membership[], zone: string): Day[] {
  const out: Day[] = []
  for (const item of items) {
    const day = dayIn(zone, new Date(item.at))
    let last = out.at(-1)
    if (last?.day !== day) out.push((last = { day, entered: 0, left: 0, items: [] }))
    last.items.push(item)
    if (item.entered) last.entered += 1
    else last.left += 1
  }
  return out
}

/** The lines that say anything, at most as many as the interface takes. */
export function pasted(text: string): string {
  return (
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      // Only what stands before a comma names somebody.
      .filter((line) => line.split(',')[0]?.replaceAll('"', '').trim())
      .join('\n')
  )
}

/** The lines of what was pasted at some places. */
export function linesAt(text: string, places: { index: number }[]): string {
  const lines = pasted(text).split('\n')
  return places.map(({ index }) => lines[index]).join('\n')
}
