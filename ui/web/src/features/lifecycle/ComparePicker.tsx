import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { isDay } from '@/lib/days'
import css from './RangeSentence.module.css'
import type { Compare, ReportSearch } from './search'
import { COMPARES, withDays } from './search'
import { Option, SentenceControl } from './SentenceControl'

interface Props {
  search: ReportSearch
  label: string
  report: Pick<LifecycleReport, 'range'> | undefined
  onChange: (next: ReportSearch) => void
}

/** Around a mark the comparison is fixed: choosing another keeps its days as a range of its own. */
function unbound(search: ReportSearch, report: Pick<LifecycleReport, 'range'> | undefined): ReportSearch {
  if (!search.around || !report) return search
  return withDays(search, { from: report.range.from, to: report.range.to })
}

export function ComparePicker({ search, label, report, onChange }: Props) {
  const { t } = useTranslation()
  const own = Boolean(search.compare_from && search.compare_to)
  const pick = (compare: Compare) => ({
    ...unbound(search, report),
    compare: compare === 'previous' ? undefined : compare,
    compare_from: undefined,
    compare_to: undefined,
  })
  return (
    <SentenceControl label={label} name={t('sentence.compareName')} width={360}>
      {(close) => (
        <>
          <div className={css.options}>
            {COMPARES.map((compare) => (
              <Option
                key={compare}
                pressed={!own && compare === (search.compare ?? 'previous')}
                onPick={() => {
                  onChange(pick(compare))
                  close()
                }}
              >
                {t(`compare.${compare}`)}
              </Option>
            ))}
          </div>
          <OwnDays
            search={search}
            onApply={(compare_from, compare_to) => {
              onChange({ ...unbound(search, report), compare: undefined, compare_from, compare_to })
              close()
            }}
          />
        </>
      )}
    </SentenceControl>
  )
}

function OwnDays({ search, onApply }: { search: ReportSearch; onApply: (from: string, to: string) => void }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(search.compare_from ?? '')
  const [to, setTo] = useState(search.compare_to ?? '')
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
          label={t('compare.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('compare.to')}
          value={to}
          error={backwards ? t('range.backwards') : undefined}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <Button type="submit" disabled={!ready}>
        {t('compare.own')}
      </Button>
    </form>
  )
}
