import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportGroup } from '@/api/types'

/** What a group is called where it stands beside others; null: all journeys. */
export function useGroupName() {
  const { t } = useTranslation()
  return useCallback(
    (group: Pick<ReportGroup, 'kind' | 'label' | 'values'> | null) => {
      if (!group) return t('funnel.all')
      return group.kind === 'other' ? t('group.other', { count: group.values ?? 0 }) : group.label
    },
    [t],
  )
}
