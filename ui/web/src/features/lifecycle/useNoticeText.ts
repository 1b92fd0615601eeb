import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

const KINDS = [
  'younger_than_window',
  'bulk_not_counted',
  'archived_stages',
  'recomputing',
  'spans_complete',
  'spans_incomplete',
  'few_stays',
  'window_ignored',
  'unrated_sales',
  'unrated_costs',
  'unrated_values',
  'pages_left_out',
  'present_values',
  'few_ended',
] as const

interface Notice {
  kind: string
  count: number | null
  text: string
}

/** A notice of an answer in the reader's language; one of a kind not known here says what the server says. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useTranslation()
  return useCallback(
    (notice) => {
      const kind = KINDS.find((one) => one === notice.kind)
      return kind ? t(`notice.${kind}`, { count: notice.count ?? 0 }) : notice.text
    },
    [t],
  )
}
