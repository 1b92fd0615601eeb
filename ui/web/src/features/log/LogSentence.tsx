import { Trans, useTranslation } from 'react-i18next'
import type { Stage } from '@/api/types'
import { RangePicker } from '@/features/lifecycle/RangePicker'
import sentence from '@/features/lifecycle/RangeSentence.module.css'
import { Option, SentenceControl } from '@/features/lifecycle/SentenceControl'
import { useFormat } from '@/lib/useFormat'
import type { LogSearch } from './search'
import { ACTORS, COUNTED } from './search'

interface Props {
  search: LogSearch
  stages: Stage[]
  zone: string
  onChange: (next: LogSearch) => void
}

/** What the log shows, as one sentence whose bold words are the controls. */
export function LogSentence({ search, stages, zone, onChange }: Props) {
  const words = useWords(search, stages)
  return (
    <p className={sentence.sentence}>
      <Trans
        i18nKey="log.sentence"
        components={{
          keep: <span className={sentence.keep} />,
          range: (
            <RangePicker
              search={{ preset: search.preset, from: search.from, to: search.to }}
              label={words.range}
              zone={zone}
              onChange={({ preset, from, to }) => onChange({ ...search, preset, from, to })}
            />
          ),
          who: <WhoPicker search={search} label={words.who} onChange={onChange} />,
          stage: <StagePicker search={search} stages={stages} label={words.stage} onChange={onChange} />,
          counted: <CountedPicker search={search} label={words.counted} onChange={onChange} />,
        }}
      />
    </p>
  )
}

function useWords(search: LogSearch, stages: Stage[]) {
  const { t } = useTranslation()
  const format = useFormat()
  const { from, to, actor, stage, counted } = search
  const named = stages.find((one) => one.key === stage || one.id === stage)
  return {
    range:
      from && to
        ? t('sentence.own', { days: format.dayRange(from, to) })
        : t(`sentence.preset.${search.preset ?? 'last_14_days'}`),
    who: actor ? t(`actor.${actor}`) : t('log.anybody'),
    stage: named?.name ?? stage ?? t('log.anyStage'),
    counted: counted ? t(`log.counted.${counted}`) : t('log.counted.any'),
  }
}

type PickerProps = Pick<Props, 'search' | 'onChange'> & { label: string }

function WhoPicker({ search, label, onChange }: PickerProps) {
  const { t } = useTranslation()
  return (
    <SentenceControl label={label} name={t('log.who')} width={240}>
      {(close) =>
        [undefined, ...ACTORS].map((actor) => (
          <Option
            key={actor ?? ''}
            pressed={actor === search.actor}
            onPick={() => {
              onChange({ ...search, actor })
              close()
            }}
          >
            {actor ? t(`actor.${actor}`) : t('log.anybody')}
          </Option>
        ))
      }
    </SentenceControl>
  )
}

function StagePicker({ search, stages, label, onChange }: PickerProps & Pick<Props, 'stages'>) {
  const { t } = useTranslation()
  return (
    <SentenceControl label={label} name={t('log.stage')} width={280}>
      {(close) => {
        const pick = (stage: string | undefined) => {
          onChange({ ...search, stage })
          close()
        }
        return (
          <>
            <Option pressed={!search.stage} onPick={() => pick(undefined)}>
              {t('log.anyStage')}
            </Option>
            {stages.map((stage) => (
              <Option key={stage.id} pressed={search.stage === stage.key} onPick={() => pick(stage.key)}>
                {stage.emoji ? `${stage.emoji} ` : ''}
                {stage.name}
              </Option>
            ))}
          </>
        )
      }}
    </SentenceControl>
  )
}

function CountedPicker({ search, label, onChange }: PickerProps) {
  const { t } = useTranslation()
  return (
    <SentenceControl label={label} name={t('log.countedName')} width={300}>
      {(close) => (
        <>
          {[undefined, ...COUNTED].map((counted) => (
            <Option
              key={counted ?? ''}
              pressed={counted === search.counted}
              onPick={() => {
                onChange({ ...search, counted })
                close()
              }}
            >
              {counted ? t(`log.counted.${counted}`) : t('log.counted.any')}
            </Option>
          ))}
          <p className="caption" style={{ padding: '8px 4px 0' }}>
            {t('log.countedHint')}
          </p>
        </>
      )}
    </SentenceControl>
  )
}
