import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ContactQuery } from '@/api/contacts'
import { bulkEdit, bulkStage } from '@/api/contacts'
import { editMembers } from '@/api/lists'
import { renewContacts } from '@/api/renew'
import { sawWrite } from '@/api/seen'
import type { BulkFields, BulkOutcome } from '@/api/types'
import { useToast } from '@/components/Toasts'
import { useFormat } from '@/lib/useFormat'
import type { Chosen } from './bulk'
import { meant, refusal } from './bulk'

/** Changes of many contacts at once; each says how many it reached, and whether it counts. */
export function useBulkActions(chosen: Chosen, query: ContactQuery, onDone: () => void) {
  const { t } = useTranslation()
  const toast = useToast()
  const format = useFormat()
  const client = useQueryClient()
  const renew = () => renewContacts(client)
  const tell = (outcome: BulkOutcome) => {
    const refused = refusal(outcome)
    const said = [
      t('bulk.changed', { count: outcome.changed, number: format.number(outcome.changed) }),
      outcome.unchanged > 0 && t('bulk.unchanged', { number: format.number(outcome.unchanged) }),
      refused && t('bulk.refused', { number: format.number(refused.count), why: refused.why }),
      outcome.unrecorded > 0 && t('bulk.notMoves'),
    ]
    toast(said.filter(Boolean).join(' '))
  }
  const onSuccess = async (outcome: BulkOutcome) => {
    sawWrite(client, outcome.seq)
    tell(outcome)
    onDone()
    await renew()
  }
  const stage = useMutation({
    mutationFn: (to: string | null) => bulkStage({ ...meant(chosen, query), stage: to }),
    onSuccess,
  })
  const edit = useMutation({
    mutationFn: (fields: BulkFields) => bulkEdit({ ...meant(chosen, query), fields }),
    onSuccess,
  })
  const members = useMutation({
    mutationFn: editMembers,
    onSuccess: async (outcome) => {
      const { added, removed, unchanged, seq } = outcome
      sawWrite(client, seq)
      toast(t('bulk.members', { added, removed, unchanged }))
      onDone()
      await renew()
    },
  })
  const reset = () => {
    stage.reset()
    edit.reset()
    members.reset()
  }
  return { stage, edit, members, reset, ids: () => [...chosen.ids] }
}
export type BulkActions = ReturnType<typeof useBulkActions>
