import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addView, editView, removeView, viewsOptions } from '@/api/views'
import type { NewView, SavedView } from '@/api/types'
import { useToast } from '@/components/Toasts'
import { useProblem } from '@/components/useProblem'
import type { ContactSearch } from './search'
import { asked, DEFAULT_COLUMNS, differs } from './search'
import { useViewName } from './useView'
import css from './Views.module.css'

interface Props {
  search: ContactSearch
  view: SavedView | undefined
  /** null where the view's own stand. */
  columns: string[] | null
  onChange: (next: ContactSearch) => void
  onColumns: (columns: string[] | null) => void
}

/** The questions that can be asked again: those that come with Tidemark, and one's own. */
export function ViewBar({ search, view, columns, onChange, onColumns }: Props) {
  const { t } = useTranslation()
  const { data } = useQuery(viewsOptions)
  const nameOf = useViewName()
  const actions = useViewActions(onChange)
  const [naming, setNaming] = useState(false)
  const changed = differs(search, view, columns)
  const { filter, sort } = asked(search, view)
  const body: NewView = { filter, sort, columns: columns ?? view?.columns ?? DEFAULT_COLUMNS }
  return (
    <div className={css.bar}>
      <ul className={css.views} aria-label={t('views.title')}>
        {[undefined, ...(data?.items ?? [])].map((one) => (
          <li key={one?.id ?? ''}>
            <button
              type="button"
              className={css.view}
              aria-pressed={search.view === one?.id}
              title={one && !one.valid ? t('views.broken') : undefined}
              onClick={() => onChange({ view: one?.id, q: search.q })}
            >
              {one ? nameOf(one) : t('views.everybody')}
              {one && !one.valid && ' ⚠'}
            </button>
          </li>
        ))}
      </ul>
      <div className={css.tools}>
        {changed && (
          <button type="button" className={css.tool} onClick={() => setNaming(true)}>
            {t('views.save')}
          </button>
        )}
        {view && !view.ready && changed && (
          <button
            type="button"
            className={css.tool}
            onClick={() =>
              actions.update.mutate({ id: view.id, ...body }, { onSuccess: () => onColumns(null) })
            }
          >
            {t('views.update', { name: view.name })}
          </button>
        )}
        {view && !view.ready && (
          <button type="button" className={css.tool} onClick={() => actions.remove.mutate(view)}>
            {t('views.remove', { name: view.name })}
          </button>
        )}
      </div>
      {naming && <NameDialog body={body} actions={actions} onClose={() => setNaming(false)} />}
    </div>
  )
}

function useViewActions(onChange: Props['onChange']) {
  const { t } = useTranslation()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  const renew = () => client.invalidateQueries({ queryKey: viewsOptions.queryKey })
  const failed = (error: Error) => toast(problem.text(error))
  const add = useMutation({
    mutationFn: addView,
    onSuccess: async (view) => {
      await renew()
      onChange({ view: view.id })
      toast(t('views.saved', { name: view.name }))
    },
  })
  const update = useMutation({
    mutationFn: editView,
    onSuccess: async (view) => {
      await renew()
      onChange({ view: view.id })
      toast(t('views.saved', { name: view.name }))
    },
    onError: failed,
  })
  const remove = useMutation({
    mutationFn: (view: SavedView) => removeView(view.id),
    onSuccess: async (_, { name, filter, columns, sort }) => {
      onChange({})
      await renew()
      const back = { name, filter, columns, sort } as NewView
      toast(t('views.removed', { name }), () => add.mutate(back))
    },
    onError: failed,
  })
  return { add, update, remove }
}

interface NameProps {
  body: NewView
  actions: ReturnType<typeof useViewActions>
  onClose: () => void
}

function NameDialog({ body, actions, onClose }: NameProps) {
  const { t } = useTranslation()
  const problem = useProblem()
  const [name, setName] = useState('')
  const { add } = actions
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('views.save')}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate({ ...body, name: name.trim() }, { onSuccess: onClose })
        }}
      >
        <TextInput
          label={t('views.name')}
          description={t('views.nameHint')}
          data-autofocus
          maxLength={200}
          value={name}
          error={add.isError ? problem.text(add.error) : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
          {t('stages.save')}
        </Button>
      </form>
    </Modal>
  )
}
