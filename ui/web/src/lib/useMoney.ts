import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { digits, money } from './money'

/** Minor units as the reader sees them; large amounts without cents. */
export function useMoney(currency: string): (minor: number) => string {
  const { i18n } = useTranslation()
  return useCallback(
    (minor: number) => {
      const unit = 10 ** digits(currency)
      const large = Math.abs(minor) >= 1000 * unit
      return money(
        { amount: large ? Math.round(minor / unit) * unit : Math.round(minor), currency },
        i18n.language,
        true,
      )
    },
    [currency, i18n.language],
  )
}
