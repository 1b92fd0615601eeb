import { Trans, useTranslation } from 'react-i18next'
import type { SitePages } from '@/api/sitePages'
import { Icon } from '@/components/Icon'
import { ComparePicker } from '@/features/lifecycle/ComparePicker'
import { RangePicker } from '@/features/lifecycle/RangePicker'
import { useCompareWords, useRangeWords } from '@/features/lifecycle/RangeSentence'
import css from '@/features/lifecycle/RangeSentence.module.css'
import { Option, SentenceControl } from '@/features/lifecycle/SentenceControl'
import { LookBackOptions } from '@/features/sources/pickers'
import { asReport, fromReport } from '@/features/sources/search'
import type { SitePageSearch } from './search'
import { byLevel, LEVELS, MODELS, path, ROLES } from './search'
import { useNames } from './useNames'

interface Props {
  search: SitePageSearch
  report: SitePages | undefined
  onChange: (next: SitePageSearch) => void
}

/** Which pages, days, comparison, credit and rows as one sentence whose bold words are the controls. */
export function SitePageSentence({ search, report, onChange }: Props) {
  const days = asReport(search)
  const change = (next: ReturnType<typeof asReport>) => onChange(fromReport(search, next))
  const shared = { search, onChange }
  const components = {
    keep: <span className={css.keep} />,
    role: <RolePicker {...shared} />,
    range: (
      <RangePicker
        search={days}
        label={useRangeWords(days)}
        zone={report?.range.time_zone}
        onChange={change}
      />
    ),
    compare: (
      <ComparePicker search={days} report={report} label={useCompareWords(days, report)} onChange={change} />
    ),
    model: <ModelPicker {...shared} />,
    lookback: <LookBackPicker {...shared} />,
    level: <LevelPicker {...shared} />,
  }
  return (
    <div className={css.sticky}>
      <p className={css.sentence}>
        {(search.level ?? 'page') === 'page' ? (
          <Trans i18nKey="sitePages.sentence" components={components} />
        ) : (
          <Trans i18nKey="sitePages.sentenceVisits" components={components} />
        )}
      </p>
      <Path {...shared} />
    </div>
  )
}

type PickerProps = Omit<Props, 'report'>

function RolePicker({ search, onChange }: PickerProps) {
  const { t } = useTranslation()
  const role = search.role ?? 'landing'
  return (
    <SentenceControl label={t(`sitePages.role.${role}`)} name={t('sitePages.roleName')} width={340}>
      {(close) =>
        ROLES.map((one) => (
          <Option
            key={one}
            pressed={one === role}
            onPick={() => {
              onChange({ ...search, role: one === 'landing' ? undefined : one })
              close()
            }}
          >
            <span>
              {t(`sitePages.role.${one}`)}
              <br />
              <span className="caption">{t(`sitePages.roleText.${one}`)}</span>
            </span>
          </Option>
        ))
      }
    </SentenceControl>
  )
}

function ModelPicker({ search, onChange }: PickerProps) {
  const { t } = useTranslation()
  const model = search.model ?? 'shapley'
  return (
    <SentenceControl label={t(`sitePages.model.${model}`)} name={t('sources.modelName')} width={380}>
      {(close) => (
        <div className={css.options}>
          {MODELS.map((one) => (
            <Option
              key={one}
              pressed={one === model}
              onPick={() => {
                onChange({ ...search, model: one === 'shapley' ? undefined : one })
                close()
              }}
            >
              {t(`sitePages.model.${one}`)}
            </Option>
          ))}
        </div>
      )}
    </SentenceControl>
  )
}

function LookBackPicker({ search, onChange }: PickerProps) {
  const { t } = useTranslation()
  const days = search.lookback
  const label = days ? t('sources.lookback', { count: days }) : t('sitePages.noLookback')
  return (
    <SentenceControl label={label} name={t('sitePages.lookbackName')} width={320}>
      {(close) => (
        <LookBackOptions
          days={days}
          onPick={(lookback) => {
            onChange({ ...search, lookback })
            close()
          }}
        />
      )}
    </SentenceControl>
  )
}

function LevelPicker({ search, onChange }: PickerProps) {
  const { t } = useTranslation()
  const level = search.level ?? 'page'
  return (
    <SentenceControl label={t(`sitePages.levelBy.${level}`)} name={t('sources.levelName')} width={240}>
      {(close) =>
        LEVELS.map((one) => (
          <Option
            key={one}
            pressed={one === level}
            onPick={() => {
              onChange(byLevel(search, one))
              close()
            }}
          >
            {t(`sitePages.level.${one}`)}
          </Option>
        ))
      }
    </SentenceControl>
  )
}

/** What the rows are within; each part leads back out of it. */
function Path({ search, onChange }: PickerProps) {
  const { t } = useTranslation()
  const names = useNames()
  const parts = path(search)
  if (parts.length === 0) return null
  return (
    <ul className={css.chips} aria-label={t('sources.within')}>
      {parts.map(({ filter, values }) => {
        const level = filter === 'source' ? t('sources.level.source') : t(`sitePages.level.${filter}`)
        const none = filter === 'source' ? t('filter.none.source') : t(`sitePages.none.${filter}`)
        const value = values.map((one) => names.value(filter, one) || none).join(t('sentence.or'))
        return (
          <li key={filter} className={css.chip}>
            <span>
              <span className="muted">{level}</span> {value}
            </span>
            <button
              type="button"
              aria-label={t('sources.leave', { level, value })}
              onClick={() => onChange({ ...search, [filter]: undefined })}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
