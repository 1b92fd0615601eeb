import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { viewsOptions } from '@/api/views'
import type { SavedView } from '@/api/types'

/** The view that the address names, once it is known; one that is gone shows everybody. */
export function useView(id: string | undefined): SavedView | undefined {
  const { t } = useTranslation()
  const { data } = useQuery(viewsOptions)
  if (!id || !data) return undefined
  const found = data.items.find((view) => view.id === id)
  return (
    found ?? {
      id,
      name: t('views.gone'),
      ready: true,
      filter: '',
      columns: [],
      sort: '',
      valid: true,
      errors: [],
    }
  )
}

const READY = [
  'no_marketing_contact',
  'nurtured',
  'hand_to_sales',
  'open_opportunities',
  'customers',
  'others',
] as const

/** The ready-made questions in the reader's language, other views as they were named. */
export function useViewName(): (view: SavedView) => string {
  const { t } = useTranslation()
  return (view) => {
    const ready = READY.find((one) => view.id === `ready_${one}`)
    return ready ? t(`views.ready.${ready}`) : view.name
  }
}
