import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as f from './format'

/** The formatters bound to the reader's language. */
export function useFormat() {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const locale = i18n.language
    const units: f.UnitNames = {
      d: t('unit.day'),
      h: t('unit.hour'),
      min: t('unit.minute'),
      s: t('unit.second'),
    }
    return {
      locale,
      number: (value: number) => f.number(value, locale),
      decimal: (value: number, digits: number) => f.decimal(value, digits, locale),
      rate: (value: number) => f.rate(value, locale),
      points: (value: number) => f.points(value, locale),
      change: (value: number) => f.change(value, locale),
      duration: (seconds: number) => f.duration(seconds, units),
      whole: (seconds: number) => f.whole(seconds, units),
      day: (iso: string, options?: Intl.DateTimeFormatOptions) => f.day(iso, locale, options),
      dayRange: (from: string, to: string) => f.dayRange(from, to, locale),
      moment: (iso: string, timeZone: string) => f.moment(iso, locale, timeZone),
      clock: (iso: string, timeZone: string) => f.clock(iso, locale, timeZone),
    }
  }, [t, i18n.language])
}
export type Format = ReturnType<typeof useFormat>
