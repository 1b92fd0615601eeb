import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Stage } from '@/api/types'
import type { Sample } from './csv'
import { distinct } from './csv'
import css from './Import.module.css'
import type { ColumnChoice } from './model'
import { DATE_FORMATS, FIELDS, isDated, NO_STAGE } from './model'

interface Props {
  choice: ColumnChoice
  index: number
  sample: Sample
  stages: Stage[]
  onChange: (next: ColumnChoice) => void
}

/** One column of the file: its first cells, and what they mean. */
export function ColumnRow({ choice, index, sample, stages, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <li className={css.column}>
      <div>
        <b>{choice.column}</b>
        <p className="caption">{distinct(sample, index, 3).join(' · ')}</p>
      </div>
      <div className="stack">
        <NativeSelect
          aria-label={t('import.meaning', { column: choice.column })}
          value={choice.field}
          onChange={(event) =>
            onChange({ ...choice, field: FIELDS.find((f) => f === event.currentTarget.value) ?? '' })
          }
          data={[
            { value: '', label: t('import.ignore') },
            ...FIELDS.map((field) => ({ value: field, label: t(`field.${field}`) })),
          ]}
        />
        {choice.field === 'property' && (
          <TextInput
            label={t('import.propertyName')}
            value={choice.property}
            onChange={(event) => onChange({ ...choice, property: event.currentTarget.value })}
          />
        )}
        {choice.field === 'at' && <AtStage choice={choice} stages={stages} onChange={onChange} />}
        {isDated(choice) && <DateFormat choice={choice} onChange={onChange} />}
        {choice.field === 'stage' && (
          <StageChoice choice={choice} sample={sample} stages={stages} onChange={onChange} />
        )}
      </div>
    </li>
  )
}

function StageChoice({ choice, sample, stages, onChange }: Omit<Props, 'index'>) {
  const { t } = useTranslation()
  const options = [
    { value: '', label: t('import.skipCell') },
    { value: NO_STAGE, label: t('import.clearStage') },
    ...stages.filter((stage) => !stage.archived).map((stage) => ({ value: stage.key, label: stage.name })),
  ]
  return (
    <>
      <NativeSelect
        label={t('import.atColumn')}
        value={choice.atColumn}
        onChange={(event) => onChange({ ...choice, atColumn: event.currentTarget.value })}
        data={[
          { value: '', label: t('import.noAtColumn') },
          ...sample.columns.filter((one) => one !== choice.column).map((value) => ({ value, label: value })),
        ]}
      />
      <fieldset className={css.values}>
        <legend>{t('import.values')}</legend>
        {Object.entries(choice.values).map(([cell, key]) => (
          <label key={cell} className={css.value}>
            <span>{cell}</span>
            <NativeSelect
              size="xs"
              value={key}
              data={options}
              onChange={(event) =>
                onChange({ ...choice, values: { ...choice.values, [cell]: event.currentTarget.value } })
              }
            />
          </label>
        ))}
      </fieldset>
    </>
  )
}

/** A date column may say when one certain stage was entered: files with a column per stage. */
function AtStage({ choice, stages, onChange }: Pick<Props, 'choice' | 'stages' | 'onChange'>) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      label={t('import.atStage')}
      value={choice.atStage}
      onChange={(event) => onChange({ ...choice, atStage: event.currentTarget.value })}
      data={[
        { value: '', label: t('import.atRow') },
        ...stages
          .filter((stage) => !stage.archived)
          .map((stage) => ({ value: stage.key, label: stage.name })),
      ]}
    />
  )
}

function DateFormat({ choice, onChange }: Pick<Props, 'choice' | 'onChange'>) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      label={t('import.dateFormat')}
      value={choice.format}
      onChange={(event) => onChange({ ...choice, format: event.currentTarget.value })}
      data={[
        { value: '', label: t('import.dateFormats.auto') },
        ...DATE_FORMATS.map((format) => ({ value: format, label: t(`import.dateFormats.${format}`) })),
      ]}
    />
  )
}
