import { Button, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayIn, isDay, typedRange } from '@/lib/days'
import css from './RangeSentence.module.css'
import type { Preset, ReportSearch } from './search'
import { PRESETS, withDays } from './search'
import { Option, SentenceControl } from './SentenceControl'

interface Props {
  search: ReportSearch
  label: string
  zone: string | undefined
  onChange: (next: ReportSearch) => void
}

export function RangePicker({ search, label, zone, onChange }: Props) {
  const { t } = useTranslation()
  const chosen = search.from || search.around ? undefined : (search.preset ?? 'last_14_days')
  return (
    <SentenceControl label={label} name={t('sentence.rangeName')} width={360}>
      {(close) => {
        const pick = (preset: Preset) => {
          onChange(withDays(search, { preset }))
          close()
        }
        const own = (from: string, to: string) => {
          onChange(withDays(search, { from, to }))
          close()
        }
        return (
          <>
            <Typed zone={zone} onPreset={pick} onDays={own} />
            <div className={css.columns} style={{ paddingTop: 8 }}>
              {PRESETS.map((preset) => (
                <Option key={preset} pressed={preset === chosen} onPick={() => pick(preset)}>
                  {t(`range.${preset}`)}
                </Option>
              ))}
            </div>
            <OwnRange search={search} zone={zone} onApply={own} />
          </>
        )
      }}
    </SentenceControl>
  )
}

interface TypedProps {
  zone: string | undefined
  onPreset: (preset: Preset) => void
  onDays: (from: string, to: string) => void
}

/** Understands what people type: "last quarter", "3/1 - 3/14", "2026-11-01 - 2026-11-14". */
function Typed({ zone, onPreset, onDays }: TypedProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = text.trim().toLocaleLowerCase()
    const preset = PRESETS.find((name) => t(`range.${name}`).toLocaleLowerCase() === typed)
    if (preset) return onPreset(preset)
    const days = typedRange(text, dayIn(zone ?? 'UTC'))
    if (days) return onDays(days.from, days.to)
    setWrong(true)
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('range.typeLabel')}
        placeholder={t('range.typeExample')}
        value={text}
        error={wrong ? t('range.typeWrong') : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setWrong(false)
        }}
      />
    </form>
  )
}

interface OwnProps {
  search: ReportSearch
  zone: string | undefined
  onApply: (from: string, to: string) => void
}

function OwnRange({ search, zone, onApply }: OwnProps) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(search.from ?? '')
  const [to, setTo] = useState(search.to ?? '')
  const backwards = isDay(from) && isDay(to) && from > to
  const ready = isDay(from) && isDay(to) && !backwards
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onApply(from, to)
      }}
    >
      <div className={css.dates}>
        <TextInput
          type="date"
          label={t('range.from')}
          value={from}
          onChange={(e) => setFrom(e.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('range.to')}
          value={to}
          error={backwards ? t('range.backwards') : undefined}
          onChange={(e) => setTo(e.currentTarget.value)}
        />
      </div>
      {zone && <p className="caption">{t('range.zone', { zone })}</p>}
      <Button type="submit" disabled={!ready}>
        {t('range.apply')}
      </Button>
    </form>
  )
}
