import { useTranslation } from 'react-i18next'
import css from './RangeSentence.module.css'
import type { ReportSearch } from './search'
import { COMPARES } from './search'
import { Option, SentenceControl } from './SentenceControl'

interface Props {
  search: ReportSearch
  label: string
  onChange: (next: ReportSearch) => void
}

export function ComparePicker({ search, label, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <SentenceControl label={label} name={t('sentence.compareName')} width={260}>
      {(close) => (
        <div className={css.options}>
          {COMPARES.map((compare) => (
            <Option
              key={compare}
              pressed={compare === (search.compare ?? 'previous')}
              onPick={() => {
                onChange({ ...search, compare: compare === 'previous' ? undefined : compare })
                close()
              }}
            >
              {t(`compare.${compare}`)}
            </Option>
          ))}
        </div>
      )}
    </SentenceControl>
  )
}
