import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SitePageRow } from '@/api/sitePages'
import type { Filter, Level } from './search'

const DEVICES = ['desktop', 'mobile', 'tablet', 'tv'] as const
type Device = (typeof DEVICES)[number]

function isDevice(value: string): value is Device {
  return DEVICES.some((device) => device === value)
}

/** Values as people read them: devices by name, countries in the language of the page. */
export function useNames() {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const regions = new Intl.DisplayNames([i18n.language], { type: 'region', fallback: 'code' })
    const value = (level: Level | Filter, text: string) => {
      if (level === 'device' && isDevice(text)) return t(`sitePages.device.${text}`)
      return level === 'country' && /^[A-Z]{2}$/.test(text) ? (regions.of(text) ?? text) : text
    }
    return {
      value,
      row: (level: Level, row: Pick<SitePageRow, 'value'>) =>
        row.value === null || row.value === '' ? t(`sitePages.none.${level}`) : value(level, row.value),
    }
  }, [t, i18n.language])
}
