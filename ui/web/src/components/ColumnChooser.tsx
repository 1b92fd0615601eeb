import { ActionIcon, Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import css from './ColumnChooser.module.css'
import { Icon } from './Icon'
import { toolClass } from './states'

interface Props {
  title: string
  /** Every column there is, the first of which always stays. */
  all: { id: string; header: string }[]
  /** Those shown, in their order. */
  shown: string[]
  onChange: (shown: string[] | null) => void
}

/** Which columns a table shows and in which order; remembered on this device. */
export function ColumnChooser({ title, all, shown, onChange }: Props) {
  const { t } = useTranslation()
  const [first, ...others] = shown
  const rest = all.map((column) => column.id).filter((id) => !shown.includes(id))
  const header = (id: string) => all.find((column) => column.id === id)?.header ?? id
  const keep = (ids: string[]) => onChange(first === undefined ? ids : [first, ...ids])
  const move = (id: string, by: -1 | 1) => {
    const at = others.indexOf(id)
    const next = others.filter((one) => one !== id)
    next.splice(at + by, 0, id)
    keep(next)
  }
  return (
    <Popover width={300} position="bottom-end" shadow="none" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className={toolClass} aria-label={t('columns.label', { table: title })}>
          <Icon name="columns" size={16} />
          {t('columns.open')}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.box} aria-label={t('columns.label', { table: title })}>
        <ul className={css.list}>
          {[...others, ...rest].map((id) => {
            const at = others.indexOf(id)
            return (
              <li key={id}>
                <label>
                  <input
                    type="checkbox"
                    checked={at >= 0}
                    onChange={() => keep(at >= 0 ? others.filter((one) => one !== id) : [...others, id])}
                  />
                  <span>{header(id)}</span>
                </label>
                {at >= 0 && (
                  <>
                    <Shift
                      label={t('columns.left', { column: header(id) })}
                      off={at === 0}
                      onClick={() => move(id, -1)}
                      up
                    />
                    <Shift
                      label={t('columns.right', { column: header(id) })}
                      off={at === others.length - 1}
                      onClick={() => move(id, 1)}
                    />
                  </>
                )}
              </li>
            )
          })}
        </ul>
        <button type="button" className={toolClass} onClick={() => onChange(null)}>
          {t('columns.reset')}
        </button>
      </Popover.Dropdown>
    </Popover>
  )
}

function Shift(props: { label: string; off: boolean; onClick: () => void; up?: boolean }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={28}
      disabled={props.off}
      aria-label={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.up ? 'up' : 'down'} size={16} />
    </ActionIcon>
  )
}
