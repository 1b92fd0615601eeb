import * as z from 'zod/mini'

/** Open journeys that wait longer than is usual in their stage. Pure. */

const item = z.object({
  contact_id: z.string(),
  external_id: z.catch(z.nullable(z.string()), null),
  contact_name: z.catch(z.nullable(z.string()), null),
  n: z.number(),
  entered_at: z.string(),
  stage: z.string(),
  since: z.string(),
  waiting_seconds: z.number(),
  usual_p90_seconds: z.number(),
})

export interface StuckRow {
  id: string
  contact: string
  name: string | null
  stage: string
  enteredAt: string
  since: string
  waiting: number
  usual: number
  /** How many times the usual time it has waited. */
  times: number
}

export function stuckRows(items: unknown[]): StuckRow[] {
  return items.map((raw) => {
    const row = item.parse(raw)
    return {
      id: `${row.contact_id}:${row.n}`,
      contact: row.contact_id,
      name: row.contact_name || row.external_id,
      stage: row.stage,
      enteredAt: row.entered_at,
      since: row.since,
      waiting: row.waiting_seconds,
      usual: row.usual_p90_seconds,
      times: row.usual_p90_seconds > 0 ? row.waiting_seconds / row.usual_p90_seconds : 1,
    }
  })
}
