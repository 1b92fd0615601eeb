import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { lifecycleKey } from '@/api/lifecycle'
import { segmentsKey } from '@/api/segments'
import type { Removal } from '@/api/stages'
import {
  addStage,
  allStagesOptions,
  applyTemplate,
  editStage,
  orderStages,
  removeStage,
  restoreStage,
  stagesOptions,
  undoEdit,
} from '@/api/stages'
import type { Stage, StageKind, StagePatch } from '@/api/types'
import { useToast } from '@/components/Toasts'
import { useProblem } from '@/components/useProblem'
import { reordered } from './model'

/** Every change of the configuration: shown at once, undone from the toast, reports renewed after it. */
export function useStageActions() {
  const { t } = useTranslation()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  const renew = async () => {
    await client.invalidateQueries({ queryKey: stagesOptions.queryKey })
    // Filters offer stages by name.
    await client.invalidateQueries({ queryKey: segmentsKey })
    await client.invalidateQueries({ queryKey: lifecycleKey })
  }
  const failed = (error: Error) => {
    toast(problem.text(error))
    void renew()
  }

  const undo = useMutation({
    mutationFn: undoEdit,
    onSuccess: () => toast(t('stages.undone')),
    onError: failed,
    onSettled: renew,
  })
  /** The undo of a toast: of the edit that the answer names. */
  const undoing = (seq: number) => () => undo.mutate(seq)

  const order = useMutation({
    mutationFn: (input: { kind: StageKind; ids: string[] }) => orderStages(input),
    onMutate: ({ ids }) => {
      client.setQueryData(allStagesOptions.queryKey, (list) =>
        list ? { ...list, items: reordered(list.items, ids) } : list,
      )
    },
    onSuccess: (answer) => {
      if ('seq' in answer) toast(t('stages.ordered'), undoing(answer.seq))
    },
    onError: failed,
    onSettled: renew,
  })
  const edit = useMutation({
    mutationFn: ({ id, change, tag }: { id: string; change: StagePatch; tag: string }) =>
      editStage(id, change, tag),
    onSuccess: ({ stage, seq }) => toast(t('stages.edited', { name: stage.name }), undoing(seq)),
    onSettled: renew,
  })
  const add = useMutation({
    mutationFn: addStage,
    onSuccess: (stage) => toast(t('stages.added', { name: stage.name }), undoing(stage.seq)),
    onSettled: renew,
  })
  const remove = useMutation({
    mutationFn: ({ removal, tag }: { removal: Removal; tag: string }) => removeStage(removal, tag),
    onSuccess: ({ stage }, { removal }) =>
      toast(t(`stages.done.${removal.mode}`, { name: stage.name }), () => restore.mutate(stage)),
    onSettled: renew,
  })
  const restore = useMutation({
    mutationFn: (stage: Stage) => restoreStage(stage.id),
    onSuccess: (stage) => toast(t('stages.restored', { name: stage.name }), undoing(stage.seq)),
    onError: failed,
    onSettled: renew,
  })
  const template = useMutation({
    mutationFn: applyTemplate,
    onSuccess: () => toast(t('stages.templateDone')),
    onError: failed,
    onSettled: renew,
  })
  return { order, edit, add, remove, restore, template, undo }
}
export type StageActions = ReturnType<typeof useStageActions>
