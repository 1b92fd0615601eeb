import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesOptions } from '@/api/stages'
import type { FilterName } from '@/features/lifecycle/search'
import { useFilterText } from '@/features/lifecycle/useFilterText'
import { useFormat } from '@/lib/useFormat'
import type { Clause } from './selection'

/** What a selection says, clause by clause, in words. */
export function useClauseText(by: FilterName | undefined): (clause: Clause) => string {
  const { t } = useTranslation()
  const filterText = useFilterText()
  const format = useFormat()
  const { data } = useQuery(stagesOptions)
  return useCallback(
    (clause) => {
      const name = (ref: string) =>
        data?.items.find((stage) => stage.id === ref || stage.key === ref)?.name ?? ref
      switch (clause.kind) {
        case 'all':
          return t('explain.clause.all')
        case 'days':
          return t('explain.clause.days', { days: format.dayRange(clause.from, clause.to) })
        case 'outcome':
          return t(`explain.outcome.${clause.outcome}`)
        case 'flow':
          return t(`explain.flow.${clause.way}`, { stage: name(clause.stage) })
        case 'group': {
          if (!by) return clause.value
          if (clause.group === 'other') return t('explain.clause.other', { by: t(`filter.name.${by}`) })
          const value = clause.group === 'none' ? '' : clause.value
          return t('explain.clause.group', {
            by: t(`filter.name.${by}`),
            value: filterText({ name: by, value }),
          })
        }
        default:
          return t(`explain.clause.${clause.kind}`, { stage: name(clause.stage) })
      }
    },
    [t, format, filterText, data, by],
  )
}
