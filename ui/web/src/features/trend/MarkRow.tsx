import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceClass } from '@/components/Choices'
import { Icon } from '@/components/Icon'
import type { ReportSearch } from '@/features/lifecycle/search'
import { withDays } from '@/features/lifecycle/search'
import { useFormat } from '@/lib/useFormat'
import type { DayMarks } from './model'
import { TREND_GRID } from './option'
import css from './Trend.module.css'

const SPANS = [7, 14, 28] as const

interface Props {
  marks: DayMarks[]
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

/** What happened to stages and data, at its day above the chart; each mark opens its text and a comparison. */
export function MarkRow({ marks, search, onChange }: Props) {
  const { t } = useTranslation()
  if (marks.length === 0) return null
  return (
    <ul className={css.marks} aria-label={t('trend.marks')}>
      {marks.map((mark) => (
        <Mark
          key={mark.day}
          mark={mark}
          onPick={(days) => onChange(withDays(search, { around: mark.day, days }))}
        />
      ))}
    </ul>
  )
}

function Mark({ mark, onPick }: { mark: DayMarks; onPick: (days: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [opened, setOpened] = useState(false)
  const day = format.day(mark.day)
  const left = `calc(${TREND_GRID.left}px + (100% - ${TREND_GRID.left + TREND_GRID.right}px) * ${mark.at.toFixed(4)})`
  const name = t('trend.mark', { count: mark.texts.length, day, text: mark.texts[0]?.text ?? '' })
  return (
    <li style={{ left }}>
      <Popover
        opened={opened}
        onChange={setOpened}
        width={340}
        position="bottom"
        shadow="none"
        trapFocus
        returnFocus
        withinPortal
      >
        <Popover.Target>
          <button
            type="button"
            className={css.mark}
            aria-label={name}
            title={mark.texts.map((one) => one.text).join('\n')}
            onClick={() => setOpened(!opened)}
          >
            <Icon name={mark.kinds.includes('import') ? 'import' : 'edit'} size={14} />
          </button>
        </Popover.Target>
        <Popover.Dropdown className={css.box} aria-label={day} tabIndex={-1} data-autofocus>
          <h3>{day}</h3>
          <ul className={css.texts} tabIndex={0} aria-label={t('trend.marks')}>
            {mark.texts.map((one) => (
              <li key={`${one.kind}:${one.id}`}>{one.text}</li>
            ))}
          </ul>
          <p className="caption">{t('trend.around')}</p>
          <div className="row">
            {SPANS.map((days) => (
              <button key={days} type="button" className={choiceClass} onClick={() => onPick(days)}>
                {t('trend.spans', { count: days })}
              </button>
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
    </li>
  )
}
