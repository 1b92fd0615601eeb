import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { byDayHref, byDayOptions } from '@/api/log'
import { Icon } from '@/components/Icon'
import { ErrorState, Section, Skeleton, toolClass } from '@/components/states'
import type { Days } from '@/lib/days'
import { DayBars, useDayWords } from './DayBars'
import css from './Log.module.css'
import type { LogSearch } from './search'

interface Props {
  search: LogSearch
  days: Days
  onPick: (day: string) => void
}

/** How many changes a day, with the days marked that are out of the ordinary; each leads to its changes. */
export function PerDay({ search, days, onPick }: Props) {
  const { t } = useTranslation()
  const words = useDayWords()
  const asked = { from: days.from, to: days.to, actor: search.actor }
  const query = useQuery(byDayOptions(asked))
  const marked = (query.data?.days ?? []).filter((day) => day.mark !== null)
  return (
    <Section
      id="per-day"
      title={t('log.perDay')}
      text={t('log.method')}
      tools={
        <a
          className={toolClass}
          href={byDayHref(asked)}
          download
          aria-label={t('csv.label', { table: t('log.perDay') })}
        >
          <Icon name="download" size={16} />
          {t('csv.link')}
        </a>
      }
    >
      {query.isPending && <Skeleton height={164} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
      )}
      {query.data && <DayBars label={t('log.perDay')} days={query.data.days} onPick={onPick} />}
      {marked.length > 0 && (
        <ul className={css.marks} aria-label={t('log.marks')}>
          {marked.map((day) => (
            <li key={day.day}>
              <i aria-hidden="true">{day.mark === 'spike' ? '▲' : '▼'}</i>
              <span>{words(day)}</span>
              <button type="button" className={toolClass} onClick={() => onPick(day.day)}>
                {t('log.showDay')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
