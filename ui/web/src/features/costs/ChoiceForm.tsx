import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import css from './Costs.module.css'
import type { Choice, Field } from './model'
import { currencyOf, FIELDS } from './model'

interface Props {
  table: string[][]
  choice: Choice
  onChange: (choice: Choice) => void
}

/** Which column is what, how it is written, and what holds for all rows. */
export function ChoiceForm({ table, choice, onChange }: Props) {
  const { t } = useTranslation()
  const { columns, fixed } = choice
  const head = table[columns.head] ?? []
  const setColumn = (field: Field, value: string) => {
    const at = { ...columns.at, [field]: value === '' ? undefined : Number(value) }
    onChange({ ...choice, columns: { ...columns, at } })
  }
  const slashed = table.some((row) =>
    /^\d{1,2}[/-]\d{1,2}[/-]\d{4}$/.test(row[columns.at.day ?? -1]?.trim() ?? ''),
  )
  const named = currencyOf(head[columns.at.amount ?? -1])
  return (
    <>
      <fieldset className={css.set}>
        <legend>{t('costs.columns')}</legend>
        <div className={css.fields}>
          {FIELDS.map((field) => (
            <NativeSelect
              key={field}
              label={t(`costs.field.${field}`)}
              data={[
                { value: '', label: t('costs.noColumn') },
                ...head.map((name, at) => ({ value: String(at), label: name || String(at + 1) })),
              ]}
              value={columns.at[field] === undefined ? '' : String(columns.at[field])}
              onChange={(event) => setColumn(field, event.currentTarget.value)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className={css.set}>
        <legend>{t('costs.forAll')}</legend>
        <div className={css.fields}>
          {(['source', 'sub_source', 'campaign'] as const).map(
            (field) =>
              columns.at[field] === undefined && (
                <TextInput
                  key={field}
                  label={t(`costs.field.${field}`)}
                  placeholder={t(`costs.example.${field}`)}
                  value={fixed[field] ?? ''}
                  onChange={(event) =>
                    onChange({ ...choice, fixed: { ...fixed, [field]: event.currentTarget.value } })
                  }
                />
              ),
          )}
          {columns.at.currency === undefined && !named && (
            <TextInput
              label={t('costs.field.currency')}
              maxLength={3}
              value={choice.currency}
              onChange={(event) => onChange({ ...choice, currency: event.currentTarget.value.toUpperCase() })}
            />
          )}
          <NativeSelect
            label={t('costs.amounts')}
            data={[
              { value: 'major', label: t('costs.major') },
              { value: 'minor', label: t('costs.minor') },
            ]}
            value={choice.minor ? 'minor' : 'major'}
            onChange={(event) => onChange({ ...choice, minor: event.currentTarget.value === 'minor' })}
          />
          {slashed && (
            <NativeSelect
              label={t('costs.written')}
              data={[
                { value: 'day', label: t('costs.dayFirst') },
                { value: 'month', label: t('costs.monthFirst') },
              ]}
              value={choice.dayFirst ? 'day' : 'month'}
              onChange={(event) => onChange({ ...choice, dayFirst: event.currentTarget.value === 'day' })}
            />
          )}
        </div>
      </fieldset>
    </>
  )
}
