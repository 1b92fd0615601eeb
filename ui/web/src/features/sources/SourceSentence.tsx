import { Trans, useTranslation } from 'react-i18next'
import type { Sources } from '@/api/sources'
import { Icon } from '@/components/Icon'
import { ComparePicker } from '@/features/lifecycle/ComparePicker'
import { RangePicker } from '@/features/lifecycle/RangePicker'
import { useCompareWords, useRangeWords } from '@/features/lifecycle/RangeSentence'
import css from '@/features/lifecycle/RangeSentence.module.css'
import { useFilterText } from '@/features/lifecycle/useFilterText'
import { ByPicker, LevelPicker, LookBackPicker, ModelPicker } from './pickers'
import type { SourceSearch } from './search'
import { asReport, fromReport, outOf, path } from './search'

interface Props {
  search: SourceSearch
  report: Sources | undefined
  onChange: (next: SourceSearch) => void
}

/** Days, comparison, model, look-back and rows as one sentence whose bold words are the controls. */
export function SourceSentence({ search, report, onChange }: Props) {
  const days = asReport(search)
  const change = (next: ReturnType<typeof asReport>) => onChange(fromReport(search, next))
  const shared = { search, onChange }
  return (
    <div className={css.sticky}>
      <p className={css.sentence}>
        <Trans
          i18nKey="sources.sentence"
          components={{
            keep: <span className={css.keep} />,
            by: <ByPicker {...shared} />,
            range: (
              <RangePicker
                search={days}
                label={useRangeWords(days)}
                zone={report?.range.time_zone}
                onChange={change}
              />
            ),
            compare: (
              <ComparePicker
                search={days}
                report={report}
                label={useCompareWords(days, report)}
                onChange={change}
              />
            ),
            model: <ModelPicker {...shared} />,
            lookback: <LookBackPicker {...shared} />,
            level: <LevelPicker {...shared} />,
          }}
        />
      </p>
      <Path {...shared} />
    </div>
  )
}

/** What the rows are within; each part leads back out of it. */
function Path({ search, onChange }: Omit<Props, 'report'>) {
  const { t } = useTranslation()
  const text = useFilterText()
  const parts = path(search)
  if (parts.length === 0) return null
  return (
    <ul className={css.chips} aria-label={t('sources.within')}>
      {parts.map(({ level, values }) => {
        const value = values.map((one) => text({ name: level, value: one })).join(t('sentence.or'))
        return (
          <li key={level} className={css.chip}>
            <span>
              <span className="muted">{t(`sources.level.${level}`)}</span> {value}
            </span>
            <button
              type="button"
              aria-label={t('sources.leave', { level: t(`sources.level.${level}`), value })}
              onClick={() => onChange(outOf(search, level))}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
