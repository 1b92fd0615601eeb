import { useQuery } from '@tanstack/react-query'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { forecastOptions } from '@/api/tables'
import type { GroupOutlook, Outlook } from '@/api/types'
import { Section, Skeleton } from '@/components/states'
import { Behind } from '@/features/explain/Behind'
import type { FilterName, ReportSearch } from '@/features/lifecycle/search'
import { useFormat } from '@/lib/useFormat'
import css from './Forecast.module.css'
import { ForecastGroups } from './ForecastGroups'

/** How many of the open journeys will still be won, by what earlier ones did at the same age. */
export function ForecastSection({ search }: { search: ReportSearch }) {
  const query = useQuery(forecastOptions(search))
  if (!query.data) return <Skeleton height={180} />
  return <Forecast outlook={query.data.outlook} groups={query.data.groups ?? []} by={search.group_by} />
}

function Forecast(props: { outlook: Outlook; groups: GroupOutlook[]; by?: FilterName }) {
  const { outlook, groups, by } = props
  const { t } = useTranslation()
  return (
    <Section
      id="forecast"
      title={t('forecast.title')}
      text={useForecastText(outlook)}
      about={useAbout(outlook)}
    >
      {outlook.expected_wins_interval && <Bar outlook={outlook} />}
      {groups.length > 0 && <ForecastGroups groups={groups} by={by} />}
    </Section>
  )
}

const whole = (value: number) => Math.round(value)

function useValues(outlook: Outlook) {
  const format = useFormat()
  const [low, high] = outlook.expected_wins_interval ?? []
  return {
    open: format.number(outlook.open),
    won: format.number(outlook.won),
    entered: format.number(outlook.entered),
    expected: format.number(whole(outlook.expected_wins ?? 0)),
    low: format.number(whole(low ?? 0)),
    high: format.number(whole(high ?? 0)),
    rate: outlook.conversion_rate === null ? '–' : format.rate(outlook.conversion_rate),
    horizon: outlook.horizon_seconds === null ? '–' : format.duration(outlook.horizon_seconds),
  }
}

function useForecastText(outlook: Outlook): string {
  const { t } = useTranslation()
  const values = useValues(outlook)
  if (outlook.open === 0) return t('forecast.noneOpen')
  if (!outlook.expected_wins_interval) return t('forecast.tooFew')
  return t('forecast.text', values)
}

function useAbout(outlook: Outlook) {
  const { t } = useTranslation()
  const values = useValues(outlook)
  const known = outlook.expected_wins_interval !== null
  return {
    tells: t('about.forecast.tells'),
    matters: t('about.forecast.matters'),
    example: known ? t('about.forecast.example', values) : t('forecast.tooFew'),
  }
}

/** Won so far, the wins to expect, and how sure that is. */
function Bar({ outlook }: { outlook: Outlook }) {
  const { t } = useTranslation()
  const format = useFormat()
  const values = useValues(outlook)
  const [low = 0, high = 0] = outlook.expected_wins_interval ?? []
  const expected = outlook.expected_wins ?? 0
  const most = Math.max(1, outlook.won + high * 1.1)
  const part = (count: number) => `${((count / most) * 100).toFixed(2)}%`
  const style = {
    '--won-part': part(outlook.won),
    '--expected-part': part(expected),
    '--low-part': part(outlook.won + low),
    '--span-part': part(high - low),
  } as CSSProperties
  return (
    <div>
      <div className={css.bar} style={style} aria-hidden="true">
        <span className={css.won} />
        <span className={css.expected} />
        <span className={css.whisker} />
      </div>
      <p className={css.legend}>
        <span>
          <i className={css.won} />
          <b>
            <Behind selection={{ outcome: 'won' }} count={outlook.won}>
              {format.number(outlook.won)}
            </Behind>
          </b>{' '}
          {t('forecast.wonNow')}
        </span>
        <span>
          <i className={css.expected} />
          <b>
            <Behind selection={{ outcome: 'open' }} count={outlook.open}>
              {t('forecast.about', { number: values.expected })}
            </Behind>
          </b>{' '}
          {t('forecast.expected', values)}
        </span>
        <span>
          <Behind selection={{}} count={outlook.entered}>
            {t('forecast.inTheEnd', values)}
          </Behind>
        </span>
      </p>
    </div>
  )
}
