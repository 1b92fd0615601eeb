import { useId } from 'react'
import css from './Access.module.css'

interface Props<Value extends string> {
  label: string
  values: readonly Value[]
  value: Value
  name: (value: Value) => string
  /** What it means to choose it. */
  about: (value: Value) => string
  onChange: (value: Value) => void
}

/** One of a few, each with what it means. */
export function Choose<Value extends string>({ label, values, value, name, about, onChange }: Props<Value>) {
  const id = useId()
  return (
    <fieldset className={css.choices}>
      <legend>{label}</legend>
      {values.map((one) => (
        <label key={one} className={css.choice}>
          <input
            type="radio"
            name={id}
            checked={one === value}
            aria-describedby={`${id}-${one}`}
            onChange={() => onChange(one)}
          />
          {name(one)}
          <span id={`${id}-${one}`} className="caption">
            {about(one)}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
