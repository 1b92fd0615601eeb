import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { lifecycleKey } from '@/api/lifecycle'
import { addStage, applyTemplate, editStage, orderStages, stagesOptions } from '@/api/stages'
import type { Stage, StageKind } from '@/api/types'
import { useToast } from '@/components/Toasts'
import { reordered } from './model'

/** Every change of the configuration: shown at once, undone from the toast, reports renewed after it. */
export function useStageActions() {
  const { t } = useTranslation()
  const toast = useToast()
  const client = useQueryClient()
  const renew = async () => {
    await client.invalidateQueries({ queryKey: stagesOptions.queryKey })
    await client.invalidateQueries({ queryKey: lifecycleKey })
  }
  const failed = (error: Error) => {
    toast(error.message || t('error.title'))
    void renew()
  }

  const order = useMutation({
    mutationFn: (input: { kind: StageKind; ids: string[]; before: string[] | null }) =>
      orderStages({ kind: input.kind, ids: input.ids }),
    onMutate: ({ ids }) => {
      client.setQueryData(stagesOptions.queryKey, (list) =>
        list ? { ...list, items: reordered(list.items, ids) } : list,
      )
    },
    onSuccess: (_, { kind, before }) => {
      toast(t('stages.ordered'), before ? () => order.mutate({ kind, ids: before, before: null }) : undefined)
    },
    onError: failed,
    onSettled: renew,
  })
  const edit = useMutation({
    mutationFn: (input: { stage: Stage; change: StageChange; again?: boolean }) =>
      editStage({ id: input.stage.id, ...input.change }),
    onSuccess: (_, { stage, change, again }) => {
      const back = { name: stage.name, description: stage.description ?? '', emoji: stage.emoji ?? '' }
      toast(
        t('stages.edited', { name: change.name }),
        again ? undefined : () => edit.mutate({ stage, change: back, again: true }),
      )
    },
    onSettled: renew,
  })
  const add = useMutation({
    mutationFn: addStage,
    onSuccess: (stage) => toast(t('stages.added', { name: stage.name })),
    onSettled: renew,
  })
  const template = useMutation({
    mutationFn: applyTemplate,
    onSuccess: () => toast(t('stages.templateDone')),
    onError: failed,
    onSettled: renew,
  })
  return { order, edit, add, template }
}
export type StageActions = ReturnType<typeof useStageActions>

export interface StageChange {
  name: string
  description: string
  emoji: string
}
