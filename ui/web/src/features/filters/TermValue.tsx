import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Filters.module.css'
import type { Moment, TermNode, Unit } from './model'
import { readMoment, UNITS, writeMoment } from './model'
import type { Fields } from './useFilterWords'
import { useChoiceLabel, useFieldLabel } from './useFilterWords'

interface Props {
  term: TermNode
  fields: Fields
  onChange: (next: TermNode) => void
}

/** The boxes after the operator, as field and operator want them. */
export function TermValue({ term, fields, onChange }: Props) {
  const { t } = useTranslation()
  const label = useFieldLabel()
  const name = t('filters.value', { field: label(term.field) })
  const type = fields.typeOf(term.field)
  const choices = fields.find(term.field)?.choices ?? []
  const set = (values: string[]) => onChange({ ...term, values, quoted: term.quoted && values.length > 0 })
  const [value = ''] = term.values

  if (choices.length > 0 && term.op === 'in') {
    return <Several name={name} term={term} choices={choices} set={set} />
  }
  if (choices.length > 0) return <One name={name} term={term} choices={choices} set={set} />
  if (type === 'flag') {
    return (
      <NativeSelect
        aria-label={name}
        value={value}
        onChange={(event) => set([event.currentTarget.value])}
        data={[
          { value: '', label: t('filters.choose') },
          { value: 'true', label: t('filters.yes') },
          { value: 'false', label: t('filters.no') },
        ]}
      />
    )
  }
  if (type === 'time' || ['before', 'after', 'within'].includes(term.op)) {
    return <Time name={name} op={term.op} value={value} onChange={(text) => set([text])} />
  }
  if (term.op === 'in') {
    return <Listed name={name} values={term.values} set={set} />
  }
  return (
    <TextInput
      aria-label={name}
      inputMode={type === 'number' ? 'decimal' : undefined}
      value={value}
      onChange={(event) => set([event.currentTarget.value])}
    />
  )
}

interface ChoiceProps {
  name: string
  term: TermNode
  choices: { key: string; label?: string }[]
  set: (values: string[]) => void
}

function One({ name, term, choices, set }: ChoiceProps) {
  const { t } = useTranslation()
  const text = useChoiceLabel()
  const [value = ''] = term.values
  const gone = value !== '' && !choices.some((choice) => choice.key === value)
  return (
    <NativeSelect
      aria-label={name}
      value={value}
      onChange={(event) => set([event.currentTarget.value])}
      data={[
        { value: '', label: t('filters.choose') },
        ...choices.map((choice) => ({ value: choice.key, label: text(term.field, choice) })),
        ...(gone ? [{ value, label: value }] : []),
      ]}
    />
  )
}

function Several({ name, term, choices, set }: ChoiceProps) {
  const text = useChoiceLabel()
  const gone = term.values.filter((value) => !choices.some((choice) => choice.key === value))
  const toggle = (key: string) =>
    set(term.values.includes(key) ? term.values.filter((one) => one !== key) : [...term.values, key])
  return (
    <div className={css.several} role="group" aria-label={name}>
      {[...choices, ...gone.map((key) => ({ key, label: key }))].map((choice) => (
        <button
          key={choice.key}
          type="button"
          aria-pressed={term.values.includes(choice.key)}
          onClick={() => toggle(choice.key)}
        >
          {text(term.field, choice)}
        </button>
      ))}
    </div>
  )
}

/** Several values in one box, separated by commas; the text as typed stays in the box. */
function Listed({ name, values, set }: { name: string; values: string[]; set: (values: string[]) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(values.join(', '))
  return (
    <TextInput
      aria-label={name}
      placeholder={t('filters.commas')}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        set(event.currentTarget.value.split(',').map((one) => one.trim()))
      }}
    />
  )
}

interface TimeProps {
  name: string
  op: string
  value: string
  onChange: (text: string) => void
}

function Time({ name, op, value, onChange }: TimeProps) {
  const { t } = useTranslation()
  const [moment, setMoment] = useState<Moment>(() => readMoment(value, op))
  const shown = op === 'within' && moment.kind !== 'span' && moment.kind !== 'other' ? span(moment) : moment
  const change = (next: Moment) => {
    setMoment(next)
    onChange(writeMoment(next))
  }
  const kinds = op === 'within' ? (['span', 'other'] as const) : (['day', 'ago', 'ahead', 'other'] as const)
  return (
    <div className={css.time}>
      {shown.kind === 'day' && (
        <input
          type="date"
          className={css.date}
          aria-label={name}
          value={shown.day}
          onChange={(event) => change({ kind: 'day', day: event.currentTarget.value })}
        />
      )}
      {shown.kind === 'other' && (
        <TextInput
          aria-label={name}
          placeholder="2026-01-31T10:00:00Z"
          value={shown.text}
          onChange={(event) => change({ kind: 'other', text: event.currentTarget.value })}
        />
      )}
      {shown.kind !== 'day' && shown.kind !== 'other' && (
        <>
          <TextInput
            className={css.short}
            aria-label={name}
            inputMode="numeric"
            value={shown.n}
            onChange={(event) => change({ ...shown, n: event.currentTarget.value.replace(/\D/g, '') })}
          />
          <NativeSelect
            aria-label={t('filters.unit')}
            value={shown.unit}
            onChange={(event) => change({ ...shown, unit: unitOf(event.currentTarget.value) })}
            data={UNITS.map((unit) => ({ value: unit, label: t(`filters.units.${unit}`) }))}
          />
        </>
      )}
      <NativeSelect
        aria-label={t('filters.when')}
        value={shown.kind}
        onChange={(event) => change(ofKind(event.currentTarget.value, shown))}
        data={kinds.map((kind) => ({ value: kind, label: t(`filters.moment.${kind}`) }))}
      />
    </div>
  )
}

function unitOf(text: string): Unit {
  return UNITS.find((unit) => unit === text) ?? 'day'
}

function span(moment: Moment): Moment {
  return 'n' in moment ? { ...moment, kind: 'span' } : { kind: 'span', n: '', unit: 'day' }
}

function ofKind(kind: string, before: Moment): Moment {
  const n = 'n' in before ? { n: before.n, unit: before.unit } : { n: '', unit: 'day' as const }
  if (kind === 'day') return { kind: 'day', day: '' }
  if (kind === 'other') return { kind: 'other', text: writeMoment(before) }
  return { kind: kind === 'ago' ? 'ago' : kind === 'ahead' ? 'ahead' : 'span', ...n }
}
