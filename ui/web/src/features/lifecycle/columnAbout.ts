import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { About } from '@/components/CallOut'
import type en from '@/i18n/en.json'

type Name = keyof (typeof en)['about']['column']

/** Every number that an example can have. */
const NONE = {
  day: '',
  differ: '',
  dropOff: '',
  entered: '',
  groups: '',
  high: '',
  lost: '',
  low: '',
  number: '',
  open: '',
  rate: '',
  share: '',
  time: '',
  where: '',
  won: '',
}
type Values = Partial<Record<keyof typeof NONE, string>>

/** What a column tells, why it matters, and an example from the row that is meant. */
export function useColumnAbout(): (column: Name, values: Values) => About {
  const { t } = useTranslation()
  return useCallback(
    (column, values) => ({
      tells: t(`about.column.${column}.tells`),
      matters: t(`about.column.${column}.matters`),
      example: t(`about.column.${column}.example`, { ...NONE, ...values }),
    }),
    [t],
  )
}
