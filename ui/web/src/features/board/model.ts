import type { Board, BoardColumn, Contact, StageRef } from '@/api/types'

/** The board's columns, a card on its way from one to another. Pure. */

/** Those without a stage stand in a column of their own. */
export const NO_STAGE = 'none'

export function columnId(column: Pick<BoardColumn, 'stage'>): string {
  return column.stage?.id ?? NO_STAGE
}

export function findCard(board: Board, id: string): { card: Contact; column: BoardColumn } | undefined {
  for (const column of board.columns) {
    const card = column.items.find((one) => one.id === id)
    if (card) return { card, column }
  }
  return undefined
}

/** The column beside, where a key sends a card; nothing at the edge. */
export function beside(board: Board, from: string, by: -1 | 1): BoardColumn | undefined {
  const at = board.columns.findIndex((column) => columnId(column) === from)
  return at < 0 ? undefined : board.columns[at + by]
}

/** Who stands in a column, as a filter: what was asked of the board, and the stage. */
export function columnFilter(filter: string, column: Pick<BoardColumn, 'stage'>): string {
  const here = column.stage ? `stage = ${JSON.stringify(column.stage.key)}` : 'not stage exists'
  return filter.trim() === '' ? here : `(${filter}) and ${here}`
}

/** What the board shows before the server has answered: the card on top of its new column. */
export function withMove(board: Board, id: string, to: string, at: string): Board {
  const found = findCard(board, id)
  const target = board.columns.find((column) => columnId(column) === to)
  if (!found || !target || found.column === target) return board
  const card: Contact = { ...found.card, stage: target.stage, stage_since: at }
  const columns = board.columns.map((column) => {
    if (column === found.column) {
      const items = column.items.filter((one) => one.id !== id)
      return { ...column, items, count: Math.max(0, column.count - 1) }
    }
    return column === target ? { ...column, items: [card, ...column.items], count: column.count + 1 } : column
  })
  return { ...board, columns }
}

export type Direction = 'forward' | 'back' | 'lost' | 'out' | 'aside' | 'in'

/** What a move means in the funnel, so that it can be said before it is made. */
export function direction(from: StageRef | null, to: StageRef | null): Direction {
  if (!to) return 'out'
  if (to.kind === 'lost') return 'lost'
  if (to.kind === 'aside') return 'aside'
  if (!from || from.position === null || to.position === null) return 'in'
  return to.position > from.position ? 'forward' : 'back'
}

/** A loss needs its reason and a move back its why: these are asked before they are made. */
export function asks(way: Direction): boolean {
  return way === 'lost' || way === 'out'
}
