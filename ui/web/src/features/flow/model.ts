import type { ReportStage } from '@/api/types'

/**
 * The way of the journeys as a picture. Pure. Each journey is drawn once, by where it got and where it is: it runs
 * through every stage that it reached, comes back if it ended further down, and leaves the stream as lost, left,
 * open (here now) or won. What runs into a stage equals what runs out of it.
 */

export type ExitName = 'lost' | 'left' | 'open'

export interface StreamStage {
  id: string
  name: string
  won: boolean
  reached: number
  /** Journeys that end or wait here. */
  exits: { name: ExitName; count: number }[]
  /** Journeys that run on to the next stage, and how many of them are further down now. */
  onward: number
  back: number
}

/** Null where the parts do not add up: the report and its stages were then read at different times. */
export function stream(stages: ReportStage[]): StreamStage[] | null {
  const won = stages.findIndex((row) => row.stage.kind === 'won')
  if (won < 1) return null
  const way = stages.slice(0, won + 1)
  const ends = way.map((row) => (row.lost_here ?? 0) + (row.left_here ?? 0) + (row.in_stage_now ?? 0))
  ends[won] = way[won]?.reached ?? 0
  const beyond = ends.map((_, i) => ends.slice(i + 1).reduce((sum, count) => sum + count, 0))
  const out = way.map((row, i) => {
    const onward = way[i + 1]?.reached ?? 0
    return {
      id: row.stage.id,
      name: row.stage.name,
      won: i === won,
      reached: row.reached,
      exits: exits(row, i === won),
      onward,
      back: onward - (beyond[i] ?? 0),
    }
  })
  return out.every((row) => row.back >= 0) ? out : null
}

function exits(row: ReportStage, won: boolean): StreamStage['exits'] {
  if (won) return []
  const all: StreamStage['exits'] = [
    { name: 'lost', count: row.lost_here ?? 0 },
    { name: 'open', count: row.in_stage_now ?? 0 },
    { name: 'left', count: row.left_here ?? 0 },
  ]
  return all.filter((exit) => exit.count > 0)
}

export interface Ribbon {
  key: string
  kind: 'forward' | 'back' | ExitName
  stage: StreamStage
  count: number
  path: string
  /** Where its number stands, if there is room. */
  at: { x: number; y: number } | null
}

export interface Picture {
  width: number
  height: number
  nodes: { stage: StreamStage; x: number; y: number; height: number }[]
  ribbons: Ribbon[]
}

export const NODE = 12
const TOP = 76
const TALL = 200
const FALL = 96
/** No stream is thinner than a hair. */
const THIN = 1

/** Places the stream on a sheet: stages from left to right, what leaves falls out at the bottom, what comes back arches above. */
export function place(stages: StreamStage[], width: number): Picture {
  const first = stages[0]?.reached ?? 0
  const scale = first > 0 ? TALL / first : 0
  const thick = (count: number) => (count > 0 ? Math.max(THIN, count * scale) : 0)
  const step = stages.length > 1 ? (width - NODE - 96) / (stages.length - 1) : 0
  const x = (i: number) => 8 + i * step
  const nodes = stages.map((stage, i) => ({
    stage,
    x: x(i),
    y: TOP,
    height: Math.max(2, thick(stage.reached)),
  }))
  const ribbons = stages.flatMap((stage, i) => {
    const out: Ribbon[] = []
    const room = Math.max(40, step)
    if (stage.onward > 0) {
      const h = thick(stage.onward)
      const path = band(x(i) + NODE, TOP, x(i + 1), TOP, h)
      out.push({ key: `f${i}`, kind: 'forward', stage, count: stage.onward, path, at: null })
    }
    if (stage.back > 0) {
      const h = Math.min(18, thick(stage.back))
      const path = arch(x(i + 1) + NODE / 2, x(i) + NODE / 2, TOP - 2, h)
      const at = { x: (x(i) + x(i + 1) + NODE) / 2, y: TOP - 34 - h }
      out.push({ key: `b${i}`, kind: 'back', stage, count: stage.back, path, at })
    }
    let y = TOP + thick(stage.onward)
    const slots = stage.exits.length
    stage.exits.forEach((exit, n) => {
      const h = thick(exit.count)
      const end = x(i) + NODE + 10 + ((room - 30) * (slots - n - 0.5)) / Math.max(slots, 1)
      const foot = TOP + TALL + FALL
      out.push({
        key: `${exit.name}${i}`,
        kind: exit.name,
        stage,
        count: exit.count,
        path: fall(x(i) + NODE, y, h, end, foot, Math.min(h, (room - 30) / slots - 6)),
        at: { x: end, y: foot + 14 },
      })
      y += h
    })
    return out
  })
  return { width, height: TOP + TALL + FALL + 40, nodes, ribbons }
}

const n = (value: number) => value.toFixed(1)

function band(x0: number, y0: number, x1: number, y1: number, h: number): string {
  const mid = (x0 + x1) / 2
  return (
    `M${n(x0)},${n(y0)}C${n(mid)},${n(y0)} ${n(mid)},${n(y1)} ${n(x1)},${n(y1)}` +
    `L${n(x1)},${n(y1 + h)}C${n(mid)},${n(y1 + h)} ${n(mid)},${n(y0 + h)} ${n(x0)},${n(y0 + h)}Z`
  )
}

function arch(from: number, to: number, y: number, h: number): string {
  const high = y - 28
  const w = Math.max(2, h)
  return (
    `M${n(from + w / 2)},${n(y)}C${n(from)},${n(high - w)} ${n(to)},${n(high - w)} ${n(to - w / 2)},${n(y)}` +
    `L${n(to + w / 2)},${n(y)}C${n(to + w)},${n(high)} ${n(from - w)},${n(high)} ${n(from - w / 2)},${n(y)}Z`
  )
}

/** From the side of a node down to its foot, narrowing where there is little room. */
function fall(x: number, y: number, h: number, end: number, foot: number, room: number): string {
  const w = Math.max(2, room)
  const [left, right] = [end - w / 2, end + w / 2]
  return (
    `M${n(x)},${n(y)}C${n(right)},${n(y)} ${n(right)},${n(y + h / 2)} ${n(right)},${n(foot)}` +
    `L${n(left)},${n(foot)}C${n(left)},${n(y + h)} ${n(left)},${n(y + h)} ${n(x)},${n(y + h)}Z`
  )
}
