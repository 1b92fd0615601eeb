import { describe, expect, it } from 'vitest'
import type { Expr, FieldType, GroupNode, Node, TermNode } from './model'
import {
  newTerm,
  offsetOf,
  readExpr,
  readMoment,
  replaced,
  terms,
  toExpr,
  toTree,
  withField,
  withOp,
  writeMoment,
} from './model'

const TYPES: Record<string, FieldType> = {
  stage: 'choice',
  days_in_stage: 'number',
  created_at: 'time',
  'property.plan': 'any value',
}
const typeOf = (field: string) => TYPES[field] ?? 'text'
const first = (root: GroupNode): Node => {
  const [item] = root.items
  if (!item) throw new Error('the tree is empty')
  return item
}

describe('a filter', () => {
  it.each<Expr>([
    { field: 'stage', op: '=', value: 'hot_lead' },
    { all: [{ field: 'owner', op: 'exists' }, { not: { field: 'days_in_stage', op: '>', value: 7 } }] },
    {
      any: [
        {
          all: [
            { field: 'property.plan', op: 'in', value: ['a', 'b c'] },
            { field: 'name', op: '!=', value: '1' },
          ],
        },
        {
          not: {
            any: [
              { field: 'property.plan', op: '=', value: '12' },
              { field: 'stage', op: 'exists' },
            ],
          },
        },
      ],
    },
  ])('comes back from the builder as it went in: %j', (expr) => {
    expect(toExpr(toTree(expr), typeOf)).toEqual(expr)
  })
  it('says nothing while a term lacks its value', () => {
    const tree = toTree({ all: [{ field: 'owner', op: 'exists' }] })
    tree.items.push(newTerm())
    expect(toExpr(tree, typeOf)).toEqual({ field: 'owner', op: 'exists' })
    expect(toExpr(toTree(undefined), typeOf)).toBeUndefined()
  })
  it('types what is typed', () => {
    const say = (term: Partial<TermNode>) => toExpr({ ...newTerm(), ...term }, typeOf)
    expect(say({ field: 'days_in_stage', op: '>', values: ['7'] })).toMatchObject({ value: 7 })
    expect(say({ field: 'property.plan', op: '=', values: ['50'] })).toMatchObject({ value: 50 })
    expect(say({ field: 'property.plan', op: '=', values: ['007'] })).toMatchObject({ value: '007' })
    expect(say({ field: 'name', op: '=', values: [' 50 '] })).toMatchObject({ value: '50' })
    expect(say({ field: 'stage', op: 'in', values: ['a', '', 'b'] })).toMatchObject({ value: ['a', 'b'] })
  })
  it('is refused in a form that it does not have', () => {
    expect(readExpr({ all: [{ field: 'a' }] })).toBeUndefined()
    expect(readExpr(null)).toBeUndefined()
    expect(readExpr({ not: { any: [] } })).toEqual({ not: { any: [] } })
  })
})

describe('editing', () => {
  const tree = toTree({
    all: [
      { field: 'stage', op: '=', value: 'a' },
      {
        any: [
          { field: 'name', op: '=', value: 'b' },
          { field: 'owner', op: 'exists' },
        ],
      },
    ],
  })
  it('replaces and removes anywhere', () => {
    const inner = first(tree.items[1] as GroupNode)
    expect(terms(replaced(tree, inner.id, null))).toBe(2)
    expect(terms(tree)).toBe(3)
    const next = replaced(tree, inner.id, { ...inner, not: true })
    expect(toExpr(next, typeOf)).toMatchObject({ all: [{}, { any: [{ not: {} }, {}] }] })
  })
  it('keeps of a term what still fits', () => {
    const term = first(tree) as TermNode
    expect(withField(term, 'days_in_stage', ['<', '>'])).toMatchObject({ op: '<', values: [] })
    expect(withField(term, 'owner', ['=', 'in'])).toMatchObject({ op: '=' })
    expect(withOp({ ...term, op: 'in', values: ['a', 'b'] }, '=').values).toEqual(['a'])
    expect(withOp(term, 'exists').values).toEqual([])
  })
})

describe('times', () => {
  it.each(['2026-01-31', '3 months ago', '1 day ago', '2 weeks from now', '7 days', '2026-01-31T10:00:00Z'])(
    '%s reads back',
    (text) => {
      expect(writeMoment(readMoment(text, 'before'))).toBe(text)
    },
  )
  it('begin as what the operator wants', () => {
    expect(readMoment('', 'within').kind).toBe('span')
    expect(readMoment('', 'before').kind).toBe('day')
    expect(writeMoment({ kind: 'ago', n: ' ', unit: 'day' })).toBe('')
  })
})

it('finds the place of a fault in characters', () => {
  expect(offsetOf('stage = a and\n day', 2, 2)).toBe(15)
  expect(offsetOf('😀 = 1', 1, 3)).toBe(3)
  expect(offsetOf('ab', 1, 99)).toBe(2)
})
