import { useTranslation } from 'react-i18next'
import css from '@/features/lifecycle/RangeSentence.module.css'
import { Option, SentenceControl } from '@/features/lifecycle/SentenceControl'
import type { Model, SourceSearch } from './search'
import { LEVELS, LOOK_BACKS, MODELS } from './search'

interface Props {
  search: SourceSearch
  onChange: (next: SourceSearch) => void
}

interface LookBackProps {
  days: number | undefined
  onPick: (days: number | undefined) => void
}

/** How old may be what counts. */
export function LookBackOptions({ days, onPick }: LookBackProps) {
  const { t } = useTranslation()
  return (
    <div className={css.options}>
      {[undefined, ...LOOK_BACKS].map((one) => (
        <Option key={one ?? 0} pressed={one === days} onPick={() => onPick(one)}>
          {one ? t('sources.lookback', { count: one }) : t('sources.noLookback')}
        </Option>
      ))}
    </div>
  )
}

const WAYS = ['activity', 'cohort'] as const

/** What happened in the range, or what became of those who came in it. */
export function ByPicker({ search, onChange }: Props) {
  const { t } = useTranslation()
  const by = search.by ?? 'activity'
  return (
    <SentenceControl label={t(`sources.by.${by}`)} name={t('sources.byName')} width={320}>
      {(close) =>
        WAYS.map((way) => (
          <Option
            key={way}
            pressed={way === by}
            onPick={() => {
              onChange({ ...search, by: way === 'activity' ? undefined : way })
              close()
            }}
          >
            <span>
              {t(`sources.by.${way}`)}
              <br />
              <span className="caption">{t(`sources.byText.${way}`)}</span>
            </span>
          </Option>
        ))
      }
    </SentenceControl>
  )
}

/** Who is credited, and which other model stands beside it. */
export function ModelPicker({ search, onChange }: Props) {
  const { t } = useTranslation()
  const model = search.model ?? 'first'
  const also = search.also === model ? undefined : search.also
  const label = also
    ? t('sources.modelBeside', { model: t(`sources.model.${model}`), also: t(`sources.model.${also}`) })
    : t(`sources.model.${model}`)
  const pick = (next: Model) => onChange({ ...search, model: next === 'first' ? undefined : next })
  return (
    <SentenceControl label={label} name={t('sources.modelName')} width={380}>
      {(close) => (
        <>
          <div className={css.options}>
            {MODELS.map((one) => (
              <Option
                key={one}
                pressed={one === model}
                onPick={() => {
                  pick(one)
                  close()
                }}
              >
                <span>
                  {t(`sources.model.${one}`)} <span className="caption">{t(`sources.modelText.${one}`)}</span>
                </span>
              </Option>
            ))}
          </div>
          <hr className={css.rule} />
          <p className="caption">{t('sources.beside')}</p>
          <div className={css.columns}>
            {[undefined, ...MODELS.filter((one) => one !== model)].map((one) => (
              <Option
                key={one ?? ''}
                pressed={one === also}
                onPick={() => onChange({ ...search, also: one })}
              >
                {one ? t(`sources.model.${one}`) : t('sources.noOther')}
              </Option>
            ))}
          </div>
        </>
      )}
    </SentenceControl>
  )
}

/** How old a touch may be, and whether Direct counts. */
export function LookBackPicker({ search, onChange }: Props) {
  const { t } = useTranslation()
  const keep = search.direct === 'keep'
  const days = search.lookback
  const label = days ? t('sources.lookback', { count: days }) : t('sources.noLookback')
  return (
    <SentenceControl
      label={keep ? t('sources.withDirect', { lookback: label }) : label}
      name={t('sources.lookbackName')}
      width={320}
    >
      {() => (
        <>
          <LookBackOptions days={days} onPick={(one) => onChange({ ...search, lookback: one })} />
          <hr className={css.rule} />
          <label className={css.value}>
            <input
              type="checkbox"
              checked={keep}
              onChange={() => onChange({ ...search, direct: keep ? undefined : 'keep' })}
            />
            <span>{t('sources.keepDirect')}</span>
          </label>
        </>
      )}
    </SentenceControl>
  )
}

export function LevelPicker({ search, onChange }: Props) {
  const { t } = useTranslation()
  const level = search.level ?? 'source'
  return (
    <SentenceControl label={t(`sources.levelBy.${level}`)} name={t('sources.levelName')} width={320}>
      {(close) => (
        <div className={css.columns}>
          {LEVELS.map((one) => (
            <Option
              key={one}
              pressed={one === level}
              onPick={() => {
                onChange({ ...search, level: one === 'source' ? undefined : one })
                close()
              }}
            >
              {t(`sources.level.${one}`)}
            </Option>
          ))}
        </div>
      )}
    </SentenceControl>
  )
}
