import css from './Choices.module.css'

interface Props<Value extends string> {
  label: string
  options: readonly { value: Value; label: string }[]
  value: Value
  onPick: (value: Value) => void
}

/** A few choices side by side, one of them pressed. */
export function Choices<Value extends string>({ label, options, value, onPick }: Props<Value>) {
  return (
    <fieldset className={css.choices} aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={css.choice}
          aria-pressed={option.value === value}
          onClick={() => onPick(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}

export const choiceClass = css.choice
