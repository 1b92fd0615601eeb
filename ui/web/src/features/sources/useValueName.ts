import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** What a row of the source report is called. */
export function useValueName(): (row: { value: string | null }) => string {
  const { t } = useTranslation()
  return useCallback((row) => row.value ?? t('sources.noValue'), [t])
}
