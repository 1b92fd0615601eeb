import * as z from 'zod/mini'

/** A filter as the tree that the builder edits, to and from the JSON form of the language. Pure. */

export type Scalar = string | number | boolean
export type Expr =
  { all: Expr[] } | { any: Expr[] } | { not: Expr } | { field: string; op: string; value?: Scalar | Scalar[] }

const scalar = z.union([z.string(), z.number(), z.boolean()])
const expr: z.ZodMiniType<Expr> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(expr) }),
    z.strictObject({ any: z.array(expr) }),
    z.strictObject({ not: expr }),
    z.strictObject({
      field: z.string(),
      op: z.string(),
      value: z.optional(z.union([scalar, z.array(scalar)])),
    }),
  ]),
)

/** The JSON form as the server gave it; undefined of anything else. */
export function readExpr(json: unknown): Expr | undefined {
  const read = expr.safeParse(json)
  return read.success ? read.data : undefined
}

export type FieldType = 'any value' | 'text' | 'number' | 'time' | 'flag' | 'choice'

export interface TermNode {
  kind: 'term'
  id: string
  not: boolean
  field: string
  op: string
  /** What stands in the boxes: one text, or several after `in`. */
  values: string[]
  /** The value was a text, so that a text that looks like a number stays one. */
  quoted: boolean
}

export interface GroupNode {
  kind: 'group'
  id: string
  not: boolean
  join: 'all' | 'any'
  items: Node[]
}

export type Node = TermNode | GroupNode

let count = 0
const newId = () => `n${(count += 1)}`

export function newTerm(field = 'stage', op = '='): TermNode {
  return { kind: 'term', id: newId(), not: false, field, op, values: [], quoted: false }
}

export function newGroup(join: GroupNode['join'] = 'all', items: Node[] = []): GroupNode {
  return { kind: 'group', id: newId(), not: false, join, items }
}

/** The root is always a group, so that there is a place to add to. */
export function toTree(from: Expr | undefined): GroupNode {
  if (!from) return newGroup()
  const node = toNode(from)
  return node.kind === 'group' && !node.not ? node : newGroup('all', [node])
}

function toNode(from: Expr): Node {
  if ('not' in from) {
    const inner = toNode(from.not)
    return { ...inner, not: !inner.not }
  }
  if ('all' in from) return newGroup('all', from.all.map(toNode))
  if ('any' in from) return newGroup('any', from.any.map(toNode))
  const given = from.value === undefined ? [] : Array.isArray(from.value) ? from.value : [from.value]
  return {
    ...newTerm(from.field, from.op),
    values: given.map(String),
    quoted: given.some((value) => typeof value === 'string'),
  }
}

export type TypeOf = (field: string) => FieldType

/** A term that still lacks its value says nothing yet. */
export function complete(term: TermNode): boolean {
  if (term.field === '') return false
  return term.op === 'exists' || term.values.some((value) => value.trim() !== '')
}

/** What the tree says so far; undefined while it says nothing. */
export function toExpr(node: Node, typeOf: TypeOf): Expr | undefined {
  const said = node.kind === 'term' ? termExpr(node, typeOf) : groupExpr(node, typeOf)
  return said && node.not ? { not: said } : said
}

function groupExpr(group: GroupNode, typeOf: TypeOf): Expr | undefined {
  const items = group.items.flatMap((item) => toExpr(item, typeOf) ?? [])
  if (items.length === 0) return undefined
  if (items.length === 1 && items[0]) return items[0]
  return group.join === 'all' ? { all: items } : { any: items }
}

function termExpr(term: TermNode, typeOf: TypeOf): Expr | undefined {
  if (!complete(term)) return undefined
  if (term.op === 'exists') return { field: term.field, op: term.op }
  const values = term.values
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map((value) => typed(value, typeOf(term.field), term.quoted))
  const [first] = values
  return { field: term.field, op: term.op, value: term.op === 'in' ? values : first }
}

function typed(text: string, type: FieldType, quoted: boolean): Scalar {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text)
  if (type === 'number') return isNumber ? Number(text) : text
  if (type === 'flag') return text === 'true' ? true : text === 'false' ? false : text
  if (type !== 'any value' || quoted) return text
  return isNumber && String(Number(text)) === text ? Number(text) : text
}

/** The tree with the node of an id replaced, or taken out where `next` is null. */
export function replaced(root: GroupNode, id: string, next: Node | null): GroupNode {
  const items = root.items.flatMap((item): Node[] => {
    if (item.id === id) return next ? [next] : []
    return [item.kind === 'group' ? replaced(item, id, next) : item]
  })
  return { ...root, items }
}

export function terms(root: GroupNode): number {
  return root.items.reduce((sum, item) => sum + (item.kind === 'group' ? terms(item) : 1), 0)
}

/** A term asks another field: its value goes, its operator stays where the field has it. */
export function withField(term: TermNode, field: string, ops: readonly string[]): TermNode {
  const op = ops.includes(term.op) ? term.op : (ops[0] ?? '=')
  return { ...term, field, op, values: [], quoted: false }
}

/** A change between one value and several keeps the first. */
export function withOp(term: TermNode, op: string): TermNode {
  const values = op === 'exists' ? [] : op === 'in' ? term.values : term.values.slice(0, 1)
  return { ...term, op, values }
}

/** How a time is said: a day, or so long ago (before, after), or a span (within). */
export const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const
export type Unit = (typeof UNITS)[number]
export type Moment =
  | { kind: 'day'; day: string }
  | { kind: 'ago' | 'ahead' | 'span'; n: string; unit: Unit }
  | { kind: 'other'; text: string }

export function readMoment(text: string, op: string): Moment {
  const match = /^(\d+) (minute|hour|day|week|month|year)s?( ago| from now)?$/.exec(text)
  if (match) {
    const unit = UNITS.find((one) => one === match[2]) ?? 'day'
    const kind = match[3] === ' ago' ? 'ago' : match[3] ? 'ahead' : 'span'
    return { kind, n: match[1] ?? '', unit }
  }
  if (text === '' && op === 'within') return { kind: 'span', n: '', unit: 'day' }
  if (text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text)) return { kind: 'day', day: text }
  return { kind: 'other', text }
}

export function writeMoment(moment: Moment): string {
  if (moment.kind === 'day') return moment.day
  if (moment.kind === 'other') return moment.text
  if (moment.n.trim() === '') return ''
  const span = `${moment.n.trim()} ${moment.unit}${moment.n.trim() === '1' ? '' : 's'}`
  return moment.kind === 'ago' ? `${span} ago` : moment.kind === 'ahead' ? `${span} from now` : span
}

/** Where a fault is in the text, as an offset of characters that a text box can select. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  const upTo = [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length
  return Math.min(before + upTo, text.length)
}
