import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { contactOptions, editContact, eraseContact, mergeContacts, setStage } from '@/api/contacts'
import { renewContacts } from '@/api/renew'
import { sawWrite } from '@/api/seen'
import type { ContactFields, NewStageOfContact } from '@/api/types'
import { useToast } from '@/components/Toasts'
import { useCalled } from '@/lib/useCalled'

/** Changes of one contact; whatever shows contacts or counts them is renewed after each. */
export function useContactActions(id: string) {
  const { t } = useTranslation()
  const toast = useToast()
  const called = useCalled()
  const client = useQueryClient()
  const navigate = useNavigate()
  const renew = () => renewContacts(client)
  const edit = useMutation({
    mutationFn: (input: { body: ContactFields; tag: string; back?: ContactFields }) =>
      editContact(id, input.body, input.tag),
    onSuccess: async (seen, { back }) => {
      client.setQueryData(contactOptions(id).queryKey, seen)
      toast(
        back ? t('contact.saved') : t('contact.undone'),
        back ? () => edit.mutate({ body: back, tag: seen.tag }) : undefined,
      )
      await renew()
    },
  })
  const move = useMutation({
    mutationFn: (input: NewStageOfContact) => setStage({ id, ...input }),
    onSuccess: async ({ contact, changed, seq }) => {
      sawWrite(client, seq)
      if (!changed) toast(t('contact.stayed'))
      else if (contact.stage) toast(t('contact.moved', { stage: contact.stage.name }))
      else toast(t('contact.movedOut'))
      await renew()
    },
  })
  const merge = useMutation({
    mutationFn: mergeContacts,
    onSuccess: async (kept, { drop }) => {
      toast(t('merge.done', { name: called(kept) }))
      await navigate({ to: '/contacts/$id', params: { id: kept.id } })
      client.removeQueries({ queryKey: ['contact', drop] })
      await renew()
    },
  })
  const erase = useMutation({
    mutationFn: ({ tag }: { tag: string; name: string }) => eraseContact(id, tag),
    onSuccess: async (_, { name }) => {
      await navigate({ to: '/contacts' })
      toast(t('erase.done', { name }))
      client.removeQueries({ queryKey: ['contact', id] })
      await renew()
    },
  })
  return { edit, move, merge, erase, renew }
}
export type ContactActions = ReturnType<typeof useContactActions>
