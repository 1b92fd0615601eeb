import type { LostStage, Spread, StageCount } from '@/api/types'

/** Lost journeys by reason and by where they were lost. Pure. */

export interface LostRow {
  id: string
  name: string
  archived: boolean
  count: number
  share: number | null
  spread: Spread | null
  origins: { id: string; name: string; count: number }[]
}

const byCount = (a: StageCount, b: StageCount) =>
  b.count - a.count || a.stage.name.localeCompare(b.stage.name)

export function lostRows(lost: LostStage[]): LostRow[] {
  return [...lost].sort(byCount).map((row) => ({
    id: row.stage.id,
    name: row.stage.name,
    archived: row.stage.archived ?? false,
    count: row.count,
    share: row.share,
    spread: row.time_to_drop_off_seconds,
    origins: [...(row.origins ?? [])]
      .sort(byCount)
      .map((o) => ({ id: o.stage.id, name: o.stage.name, count: o.count })),
  }))
}

export interface Matrix {
  columns: { id: string; name: string; total: number }[]
  rows: { id: string; name: string; cells: number[]; total: number }[]
  total: number
  /** The fullest cell, for the tint. */
  peak: number
}

/** Origin stage x reason. Origins in funnel order, reasons by count; empty ones are left out. */
export function matrix(lost: LostStage[]): Matrix {
  const used = [...lost].filter((row) => row.count > 0).sort(byCount)
  const origins = new Map(
    used.flatMap((row) => (row.origins ?? []).map((o) => [o.stage.id, o.stage] as const)),
  )
  const ordered = [...origins.values()].sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
  const rows = ordered.map((origin) => {
    const cells = used.map((row) => row.origins?.find((o) => o.stage.id === origin.id)?.count ?? 0)
    return { id: origin.id, name: origin.name, cells, total: cells.reduce((a, b) => a + b, 0) }
  })
  return {
    columns: used.map((row) => ({ id: row.stage.id, name: row.stage.name, total: row.count })),
    rows,
    total: used.reduce((sum, row) => sum + row.count, 0),
    peak: Math.max(0, ...rows.flatMap((row) => row.cells)),
  }
}

/** Where most losses of one stage have one reason. */
export function largestCell(grid: Matrix): { origin: string; reason: string; count: number } {
  let best = { origin: '–', reason: '–', count: 0 }
  for (const row of grid.rows) {
    row.cells.forEach((count, i) => {
      if (count > best.count) best = { origin: row.name, reason: grid.columns[i]?.name ?? '–', count }
    })
  }
  return best
}
