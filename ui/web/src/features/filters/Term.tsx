import { NativeSelect, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Remove } from './Builder'
import css from './Filters.module.css'
import type { TermNode } from './model'
import { withField, withOp } from './model'
import { TermValue } from './TermValue'
import type { Fields, GroupName } from './useFilterWords'
import { GROUPS, propertyField, propertyName, useFieldLabel } from './useFilterWords'

interface Props {
  term: TermNode
  fields: Fields
  /** null takes the term out. */
  onChange: (next: TermNode | null) => void
}

/** The words of the operators; what a field denies is said by the operator, not by a box to tick. */
const WORDS = {
  '=': 'is',
  '!=': 'isNot',
  in: 'in',
  contains: 'contains',
  starts: 'starts',
  '<': 'less',
  '<=': 'atMost',
  '>': 'more',
  '>=': 'atLeast',
  before: 'before',
  after: 'after',
  within: 'within',
  exists: 'exists',
} as const
const OPS = Object.keys(WORDS) as (keyof typeof WORDS)[]
/** These are offered in the negative too. */
const DENIED = ['in', 'contains', 'starts', 'exists'] as const
const OTHER = 'other'

export function Term({ term, fields, onChange }: Props) {
  const { t } = useTranslation()
  const label = useFieldLabel()
  const ops = fields.opsOf(term.field)
  const chosen = `${term.not ? 'not ' : ''}${term.op}`
  const words = useMemo(() => {
    const allowed = OPS.filter((op) => ops.includes(op) || op === term.op)
    const plain = allowed.map((op) => ({ value: op as string, label: t(`filters.op.${WORDS[op]}`) }))
    const denied = DENIED.filter((op) => allowed.includes(op)).map((op) => ({
      value: `not ${op}`,
      label: t(`filters.opNot.${op}`),
    }))
    const all = [...plain, ...denied]
    const known = all.some((one) => one.value === chosen)
    return known ? all : [...all, { value: chosen, label: t('filters.opNot.other', { op: term.op }) }]
  }, [t, ops, term.op, chosen])
  return (
    <div className={css.term} data-op={term.op}>
      <FieldSelect term={term} fields={fields} onChange={onChange} />
      <NativeSelect
        aria-label={t('filters.operator', { field: label(term.field) })}
        value={chosen}
        onChange={(event) => {
          const value = event.currentTarget.value
          const next = withOp(term, value.replace(/^not /, ''))
          onChange({ ...next, not: value.startsWith('not ') })
        }}
        data={words}
      />
      {term.op !== 'exists' && <TermValue term={term} fields={fields} onChange={onChange} />}
      <Remove label={t('filters.removeTerm', { field: label(term.field) })} onClick={() => onChange(null)} />
    </div>
  )
}

function FieldSelect({ term, fields, onChange }: Props) {
  const { t } = useTranslation()
  const label = useFieldLabel()
  const own = propertyName(term.field)
  const known = fields.all.filter((field) => field.field.startsWith('property.'))
  const free = own !== undefined && !known.some((field) => field.field === term.field)
  const [typing, setTyping] = useState(free)
  const option = (field: string) => ({ value: field, label: label(field) })
  const groups = (Object.keys(GROUPS) as GroupName[]).map((name) => ({
    group: t(`filters.group.${name}`),
    items: GROUPS[name].filter((field) => fields.all.length === 0 || fields.find(field)).map(option),
  }))
  const properties = {
    group: t('contacts.properties'),
    items: [
      ...known.map((field) => option(field.field)),
      { value: OTHER, label: t('filters.otherProperty') },
    ],
  }
  return (
    <>
      <NativeSelect
        aria-label={t('filters.field')}
        value={typing ? OTHER : term.field}
        onChange={(event) => {
          const field = event.currentTarget.value
          setTyping(field === OTHER)
          const next = field === OTHER ? '' : field
          onChange({ ...withField(term, next, fields.opsOf(next)), not: false })
        }}
        data={[...groups, properties]}
      />
      {typing && (
        <TextInput
          aria-label={t('import.propertyName')}
          placeholder={t('import.propertyName')}
          value={own ?? ''}
          onChange={(event) => {
            const name = event.currentTarget.value
            onChange({ ...term, field: name === '' ? '' : propertyField(name) })
          }}
        />
      )}
    </>
  )
}
