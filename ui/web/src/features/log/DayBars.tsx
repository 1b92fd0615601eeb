import type { KeyboardEvent } from 'react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/lib/useFormat'
import css from './Log.module.css'
import type { DayCount } from './model'
import { axisEnd, barHeight, tickDays } from './model'

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }

/** A bar for each day, spikes and drops marked. Arrow keys go from day to day; a click shows its changes. */
export function DayBars(props: { label: string; days: DayCount[]; onPick: (day: string) => void }) {
  const { days, onPick } = props
  const format = useFormat()
  const bars = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<number>()
  const words = useDayWords()
  const end = axisEnd(Math.max(0, ...days.map((day) => day.count)))
  const current = Math.min(at ?? days.length - 1, days.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.min(days.length - 1, Math.max(0, current + step))
    setAt(next)
    bars.current?.querySelectorAll('button')[next]?.focus()
  }
  const told = days[current]
  return (
    <figure className="stack" style={{ gap: 4 }} role="group" aria-label={props.label}>
      <p className={`caption ${css.told}`} aria-hidden="true">
        {told ? words(told) : ''}
      </p>
      <div className={css.chart}>
        <div className={css.axis} aria-hidden="true">
          <span>{format.number(end)}</span>
          <span>0</span>
        </div>
        <div className={css.scroll}>
          <div ref={bars} className={css.bars} onKeyDown={onKeyDown}>
            {days.map((day, i) => (
              <button
                key={day.day}
                type="button"
                className={css.day}
                data-mark={day.mark ?? undefined}
                tabIndex={i === current ? 0 : -1}
                aria-label={words(day)}
                onMouseEnter={() => setAt(i)}
                onFocus={() => setAt(i)}
                onClick={() => onPick(day.day)}
              >
                {day.mark && <Sign day={day} end={end} />}
                <span className={css.bar} style={{ height: `${barHeight(day.count, end) * 100}%` }} />
              </button>
            ))}
          </div>
          <Ticks days={days} />
        </div>
      </div>
    </figure>
  )
}

/** The mark of a day above its bar: a shape, so that it is not only a colour. */
function Sign({ day, end }: { day: DayCount; end: number }) {
  return (
    <span
      className={css.sign}
      aria-hidden="true"
      style={{ bottom: `calc(${Math.min(0.9, barHeight(day.count, end)) * 100}% + 2px)` }}
    >
      {day.mark === 'spike' ? '▲' : '▼'}
    </span>
  )
}

function Ticks({ days }: { days: DayCount[] }) {
  const format = useFormat()
  const ticks = tickDays(
    days.map((day) => day.day),
    6,
  )
  return (
    <div className={css.ticks} aria-hidden="true">
      {ticks.map((i) => (
        <span
          key={i}
          style={{ left: `${((i + (i === 0 ? 0 : i === days.length - 1 ? 1 : 0.5)) / days.length) * 100}%` }}
        >
          {format.day(days[i]?.day ?? '', { day: 'numeric', month: 'short' })}
        </span>
      ))}
    </div>
  )
}

/** "Tue 4 Nov: 420 changes, a spike: 30 are usual." */
export function useDayWords() {
  const { t } = useTranslation()
  const format = useFormat()
  return (day: DayCount) => {
    const values = {
      day: format.day(day.day, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
      count: day.count,
      number: format.number(day.count),
      usual: day.usual === null ? '' : format.number(Math.round(day.usual)),
    }
    return day.mark ? t(`log.marked.${day.mark}`, values) : t('log.day', values)
  }
}
