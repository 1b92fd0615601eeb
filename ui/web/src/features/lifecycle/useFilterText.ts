import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Dimension } from './search'
import { CREATED_BY, JOURNEYS } from './search'

/** A filter value in words: fixed values are translated, an empty one says what is missing. */
export function useFilterText(): (of: { name: Dimension; value: string }) => string {
  const { t } = useTranslation()
  return useCallback(
    ({ name, value }) => {
      if (value === '') return t(`filter.none.${name}`)
      const created = CREATED_BY.find((one) => name === 'created_by' && one === value)
      if (created) return t(`filter.createdBy.${created}`)
      const journey = JOURNEYS.find((one) => name === 'journey' && one === value)
      return journey ? t(`filter.journey.${journey}`) : value
    },
    [t],
  )
}
