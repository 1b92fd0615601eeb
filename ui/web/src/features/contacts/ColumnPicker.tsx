import { ActionIcon, Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '@/components/Icon'
import { toolClass } from '@/components/states'
import { useFieldLabel, useFields } from '@/features/filters/useFilterWords'
import { shifted } from '@/features/views/search'
import { COLUMNS } from './columns'
import css from './Contacts.module.css'

interface Props {
  columns: string[]
  onChange: (columns: string[]) => void
}

/** Which columns, in which order: the chosen ones first, as they stand in the table. */
export function ColumnPicker({ columns, onChange }: Props) {
  const { t } = useTranslation()
  const label = useFieldLabel()
  const fields = useFields()
  const [opened, setOpened] = useState(false)
  const properties = fields.all.map((field) => field.field).filter((field) => field.startsWith('property.'))
  const rest = [...COLUMNS, ...properties].filter((field) => !columns.includes(field))
  const toggle = (field: string) =>
    onChange(columns.includes(field) ? columns.filter((one) => one !== field) : [...columns, field])
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={300}
      position="bottom-end"
      shadow="none"
      trapFocus
      returnFocus
      transitionProps={{ duration: 100 }}
    >
      <Popover.Target>
        <button type="button" className={toolClass} onClick={() => setOpened(!opened)}>
          <Icon name="columns" size={16} />
          {t('contacts.columns')}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.dropdown} aria-label={t('contacts.columns')}>
        <ul className={css.columns}>
          {[...columns, ...rest].map((field) => {
            const at = columns.indexOf(field)
            return (
              <li key={field}>
                <label>
                  <input
                    type="checkbox"
                    checked={at >= 0}
                    disabled={field === 'name' && at >= 0}
                    onChange={() => toggle(field)}
                  />
                  <span>{label(field)}</span>
                </label>
                {at >= 0 && (
                  <>
                    <Shift field={field} by={-1} disabled={at === 0} columns={columns} onChange={onChange} />
                    <Shift
                      field={field}
                      by={1}
                      disabled={at === columns.length - 1}
                      columns={columns}
                      onChange={onChange}
                    />
                  </>
                )}
              </li>
            )
          })}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}

function Shift(props: Props & { field: string; by: -1 | 1; disabled: boolean }) {
  const { t } = useTranslation()
  const label = useFieldLabel()
  const { field, by, columns, disabled } = props
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={28}
      disabled={disabled}
      aria-label={t(by < 0 ? 'contacts.columnLeft' : 'contacts.columnRight', { column: label(field) })}
      onClick={() => props.onChange(shifted(columns, field, by))}
    >
      <Icon name={by < 0 ? 'up' : 'down'} size={16} />
    </ActionIcon>
  )
}
