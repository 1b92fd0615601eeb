import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addList, editList, listsOptions } from '@/api/lists'
import { segmentsKey } from '@/api/segments'
import { useProblem } from '@/components/useProblem'
import type { ContactList, NewList } from '@/api/types'
import { useToast } from '@/components/Toasts'
import { FilterEditor } from '@/features/filters/FilterEditor'
import css from './Lists.module.css'

interface Props {
  /** null makes a new one. */
  list: ContactList | null
  onClose: () => void
}

const KINDS = ['smart', 'static'] as const

export function ListDialog({ list, onClose }: Props) {
  const { t } = useTranslation()
  const save = useSave(list, onClose)
  const [name, setName] = useState(list?.name ?? '')
  const [kind, setKind] = useState<NewList['kind']>(list?.kind === 'static' ? 'static' : 'smart')
  const problem = useProblem()
  const wrong = problem.field(save.error, 'name') ?? problem.text(save.error)
  const body = { name: name.trim(), ...(list ? {} : { kind }) }
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={list ? t('lists.edit', { name: list.name }) : t('lists.add')}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <div className="stack">
        <TextInput
          label={t('lists.name')}
          data-autofocus
          maxLength={200}
          value={name}
          error={save.isError ? wrong : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {!list && (
          <fieldset className={css.kinds}>
            <legend className="sr-only">{t('lists.kind')}</legend>
            {KINDS.map((one) => (
              <label key={one} className={css.kind} data-chosen={kind === one || undefined}>
                <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
                <span>
                  <b>{t(`lists.${one}`)}</b>
                  <span className="caption">{t(`lists.${one}Text`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {kind === 'smart' ? (
          <FilterEditor
            value={list?.filter ?? ''}
            required
            pending={save.isPending}
            applyLabel={list ? t('stages.save') : t('lists.make')}
            onApply={(filter) => save.mutate({ ...body, filter })}
          />
        ) : (
          <div>
            <Button loading={save.isPending} disabled={name.trim() === ''} onClick={() => save.mutate(body)}>
              {list ? t('stages.save') : t('lists.make')}
            </Button>
          </div>
        )}
      </div>
    </Modal>
  )
}

function useSave(list: ContactList | null, onClose: () => void) {
  const { t } = useTranslation()
  const toast = useToast()
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (body: NewList) => (list ? editList({ id: list.id, ...body }) : addList(body)),
    onSuccess: async (saved) => {
      onClose()
      toast(list ? t('lists.saved', { name: saved.name }) : t('lists.made', { name: saved.name }))
      await client.invalidateQueries({ queryKey: listsOptions.queryKey })
      await client.invalidateQueries({ queryKey: segmentsKey })
      if (list) await client.invalidateQueries({ queryKey: ['contacts'] })
      else await navigate({ to: '/lists/$id', params: { id: saved.id } })
    },
  })
}
