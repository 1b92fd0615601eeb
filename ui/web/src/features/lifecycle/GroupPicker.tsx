import { useTranslation } from 'react-i18next'
import css from './RangeSentence.module.css'
import type { ReportSearch } from './search'
import { FILTERS } from './search'
import { Option, SentenceControl } from './SentenceControl'

interface Props {
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

export function GroupPicker({ search, onChange }: Props) {
  const { t } = useTranslation()
  const by = search.group_by
  const label = by ? t('sentence.groupedBy', { by: t(`filter.lower.${by}`) }) : t('sentence.ungrouped')
  return (
    <SentenceControl label={label} name={t('sentence.groupName')} width={320}>
      {(close) => {
        const pick = (group_by: ReportSearch['group_by']) => {
          onChange({ ...search, group_by })
          close()
        }
        return (
          <>
            <div className={css.options}>
              <Option pressed={!by} onPick={() => pick(undefined)}>
                {t('group.none')}
              </Option>
            </div>
            <div className={css.columns}>
              {FILTERS.map((name) => (
                <Option key={name} pressed={name === by} onPick={() => pick(name)}>
                  {t(`filter.name.${name}`)}
                </Option>
              ))}
            </div>
          </>
        )
      }}
    </SentenceControl>
  )
}
