import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Dimension } from './search'
import { useFilterText } from './useFilterText'

export interface NamedGroup {
  kind: 'value' | 'other' | 'none'
  label: string
  /** How many values the other ones are, where that is known. */
  values?: number | null
}

export type GroupNames = (group: NamedGroup | null) => string

/** What a group is called where it stands beside others, by what the groups are of; null: all journeys. */
export function useGroupName(by: Dimension | undefined): GroupNames {
  const { t } = useTranslation()
  const filterText = useFilterText()
  return useCallback(
    (group) => {
      if (!group) return t('funnel.all')
      switch (group.kind) {
        case 'value':
          return by ? filterText({ name: by, value: group.label }) : group.label
        case 'other':
          return group.values ? t('group.other', { count: group.values }) : t('group.rest')
        case 'none':
          return by ? filterText({ name: by, value: '' }) : t('group.noValue')
      }
    },
    [t, filterText, by],
  )
}
