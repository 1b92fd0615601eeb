import { Trans, useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { Icon } from '@/components/Icon'
import { useFormat } from '@/lib/useFormat'
import { ComparePicker } from './ComparePicker'
import { FilterPicker } from './FilterPicker'
import { GroupPicker } from './GroupPicker'
import { MaturityPicker } from './MaturityPicker'
import { daysIn } from './model'
import { RangePicker } from './RangePicker'
import css from './RangeSentence.module.css'
import type { Chip, ReportSearch } from './search'
import { chips, withoutChip, withoutFilters } from './search'
import { useFilterText } from './useFilterText'

interface Props {
  search: ReportSearch
  report: LifecycleReport | undefined
  onChange: (next: ReportSearch) => void
}

/** The range, the comparison, the filters and the grouping as one sentence whose bold words are the controls. */
export function RangeSentence({ search, report, onChange }: Props) {
  const shared = { search, onChange }
  const zone = report?.range.time_zone
  return (
    <div className={css.sticky}>
      <p className={css.sentence}>
        <Trans
          i18nKey="sentence.all"
          components={{
            keep: <span className={css.keep} />,
            range: <RangePicker {...shared} label={useRangeWords(search)} zone={zone} />,
            compare: <ComparePicker {...shared} report={report} label={useCompareWords(search, report)} />,
            from: <FilterPicker {...shared} label={useSourceWords(search)} />,
            group: <GroupPicker {...shared} />,
            ripe: <MaturityPicker {...shared} />,
          }}
        />
      </p>
      <FilterChips {...shared} />
      <PrintedRange report={report} />
    </div>
  )
}

export function useRangeWords(search: ReportSearch): string {
  const { t } = useTranslation()
  const format = useFormat()
  if (search.around) return t('sentence.around', { day: format.day(search.around), count: search.days ?? 14 })
  if (search.from && search.to) return t('sentence.own', { days: format.dayRange(search.from, search.to) })
  return t(`sentence.preset.${search.preset ?? 'last_14_days'}`)
}

export function useCompareWords(
  search: ReportSearch,
  report: Pick<LifecycleReport, 'range'> | undefined,
): string {
  const { t } = useTranslation()
  const format = useFormat()
  if (search.compare_from && search.compare_to && !search.around) {
    return format.dayRange(search.compare_from, search.compare_to)
  }
  const kind = search.compare ?? 'previous'
  if (kind !== 'previous') return t(`sentence.compare.${kind}`)
  return report ? t('sentence.daysBefore', { count: daysIn(report) }) : t('sentence.compare.previous')
}

export function useSourceWords(search: ReportSearch): string {
  const { t } = useTranslation()
  const text = useFilterText()
  const sources = search.source ?? []
  if (sources.length === 0) return t('sentence.allSources')
  if (sources.length > 2) return t('sentence.sources', { count: sources.length })
  return sources.map((value) => text({ name: 'source', value })).join(t('sentence.or'))
}

export function FilterChips({ search, onChange }: Omit<Props, 'report'>) {
  const { t } = useTranslation()
  const text = useFilterText()
  const all = chips(search)
  if (all.length === 0) return null
  const key = (chip: Chip) => `${chip.name}:${chip.value}`
  return (
    <ul className={css.chips} aria-label={t('filter.inForce')}>
      {all.map((chip) => (
        <li key={key(chip)} className={css.chip}>
          <span>
            <span className="muted">{t(`filter.name.${chip.name}`)}</span> {text(chip)}
          </span>
          <button
            type="button"
            aria-label={t('filter.remove', { name: t(`filter.name.${chip.name}`), value: text(chip) })}
            onClick={() => onChange(withoutChip(search, chip))}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={css.clear} onClick={() => onChange(withoutFilters(search))}>
          {t('filter.clear')}
        </button>
      </li>
    </ul>
  )
}

/** On paper the days must be named: "the last 14 days" means nothing tomorrow. */
function PrintedRange({ report }: { report: LifecycleReport | undefined }) {
  const format = useFormat()
  if (!report) return null
  return (
    <p className={css.printed}>
      {format.dayRange(report.range.from, report.range.to)} ({report.range.time_zone})
    </p>
  )
}
