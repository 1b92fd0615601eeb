import { useTranslation } from 'react-i18next'
import css from './RangeSentence.module.css'
import type { ReportSearch } from './search'
import { Option, SentenceControl } from './SentenceControl'

interface Props {
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

const DAYS = [7, 14, 30, 60, 90] as const

/** How much time the journeys must have had, explained where it is chosen. */
export function MaturityPicker({ search, onChange }: Props) {
  const { t } = useTranslation()
  const { min_age, window } = search
  const parts = [
    min_age !== undefined && t('maturity.minAge', { count: min_age }),
    window !== undefined && t('maturity.window', { count: window }),
  ].filter(Boolean)
  const label = parts.length > 0 ? parts.join(t('maturity.and')) : t('maturity.all')
  const list = (name: 'min_age' | 'window') => (
    <div className={css.options}>
      <h3>{t(`maturity.${name}.title`)}</h3>
      <p className="caption">{t(`maturity.${name}.text`)}</p>
      <div className={css.numbers}>
        <Option
          pressed={search[name] === undefined}
          onPick={() => onChange({ ...search, [name]: undefined })}
        >
          {t('maturity.none')}
        </Option>
        {DAYS.map((days) => (
          <Option
            key={days}
            pressed={search[name] === days}
            onPick={() => onChange({ ...search, [name]: days })}
          >
            <span>
              {days} <span className="sr-only">{t('maturity.days')}</span>
            </span>
          </Option>
        ))}
      </div>
    </div>
  )
  return (
    <SentenceControl label={label} name={t('maturity.name')} width={380}>
      {() => (
        <>
          {list('min_age')}
          <hr className={css.rule} />
          {list('window')}
        </>
      )}
    </SentenceControl>
  )
}
