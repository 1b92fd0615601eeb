import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '@/api/types'

type Known = Pick<Contact, 'name' | 'email' | 'phone' | 'external_id'>

/** What a contact is called, on every page: the name, or else what it is known by. The server's lists follow it, too. */
export function useCalled(): (contact: Known) => string {
  const { t } = useTranslation()
  return useCallback(
    (contact) =>
      contact.name || contact.email || contact.phone || contact.external_id || t('contacts.unnamed'),
    [t],
  )
}
