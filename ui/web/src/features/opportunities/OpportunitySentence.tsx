import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { Opportunities } from '@/api/opportunities'
import { FilterPicker } from '@/features/lifecycle/FilterPicker'
import { GroupPicker } from '@/features/lifecycle/GroupPicker'
import css from '@/features/lifecycle/RangeSentence.module.css'
import { FilterChips, useSourceWords } from '@/features/lifecycle/RangeSentence'
import { Option, SentenceControl } from '@/features/lifecycle/SentenceControl'
import { addDays, isDay } from '@/lib/days'
import { useFormat } from '@/lib/useFormat'
import type { OpportunitySearch } from './search'
import { asReport, fromReport } from './search'

interface Props {
  search: OpportunitySearch
  report: Opportunities | undefined
  onChange: (next: OpportunitySearch) => void
}

/** The day, the comparison, the filters and the grouping as one sentence whose bold words are the controls. */
export function OpportunitySentence({ search, report, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const shared = asReport(search)
  const change = (next: ReturnType<typeof asReport>) => onChange(fromReport(search, next))
  return (
    <div className={css.sticky}>
      <p className={css.sentence}>
        <Trans
          i18nKey="opportunity.sentence"
          components={{
            keep: <span className={css.keep} />,
            at: (
              <DayPicker
                name={t('opportunity.day')}
                label={
                  search.at ? t('opportunity.onDay', { day: format.day(search.at) }) : t('opportunity.now')
                }
                none={t('opportunity.now')}
                value={search.at}
                today={report?.as_of.slice(0, 10)}
                onPick={(at) => onChange({ ...search, at })}
              />
            ),
            compare: (
              <DayPicker
                name={t('sentence.compareName')}
                label={search.compare_at ? format.day(search.compare_at) : t('sentence.compare.none')}
                none={t('compare.none')}
                value={search.compare_at}
                today={report?.at}
                onPick={(compare_at) => onChange({ ...search, compare_at })}
              />
            ),
            from: <FilterPicker search={shared} label={useSourceWords(shared)} onChange={change} />,
            group: <GroupPicker search={shared} onChange={change} />,
          }}
        />
      </p>
      <FilterChips search={shared} onChange={change} />
    </div>
  )
}

interface DayProps {
  name: string
  label: string
  /** What choosing no day means. */
  none: string
  value: string | undefined
  today: string | undefined
  onPick: (day: string | undefined) => void
}

const AGO = [7, 30, 90, 365] as const

/** Now, some days ago, or any day. */
function DayPicker({ name, label, none, value, today, onPick }: DayProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value ?? '')
  const late = today !== undefined && typed > today
  return (
    <SentenceControl label={label} name={name} width={300}>
      {(close) => {
        const pick = (day: string | undefined) => {
          onPick(day)
          close()
        }
        return (
          <>
            <div className={css.options}>
              <Option pressed={!value} onPick={() => pick(undefined)}>
                {none}
              </Option>
              {today &&
                AGO.map((count) => (
                  <Option
                    key={count}
                    pressed={value === addDays(today, -count)}
                    onPick={() => pick(addDays(today, -count))}
                  >
                    {t('opportunity.ago', { count })}
                  </Option>
                ))}
            </div>
            <form
              className={css.form}
              onSubmit={(event) => {
                event.preventDefault()
                if (isDay(typed) && !late) pick(typed)
              }}
            >
              <TextInput
                type="date"
                label={t('opportunity.anyDay')}
                value={typed}
                max={today}
                error={late ? t('opportunity.future') : undefined}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              <Button type="submit" disabled={!isDay(typed) || late}>
                {t('opportunity.show')}
              </Button>
            </form>
          </>
        )
      }}
    </SentenceControl>
  )
}
