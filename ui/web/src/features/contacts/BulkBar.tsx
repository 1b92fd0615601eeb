import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactQuery } from '@/api/contacts'
import { useFormat } from '@/lib/useFormat'
import type { Chosen } from './bulk'
import { anybody, everybodyPossible } from './bulk'
import { BulkDialog } from './BulkDialog'
import css from './Contacts.module.css'
import { useBulkActions } from './useBulkActions'

interface Props {
  chosen: Chosen
  query: ContactQuery
  total: number | undefined
  list?: string
  onEverybody: () => void
  onClear: () => void
}

export type BulkKind = 'stage' | 'edit' | 'list'

/** What can be done with those who are chosen. */
export function BulkBar({ chosen, query, total, list, onEverybody, onClear }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const actions = useBulkActions(chosen, query, onClear)
  const [open, setOpen] = useState<BulkKind>()
  if (!anybody(chosen)) return null
  const count = chosen.everybody ? (total ?? 0) : chosen.ids.size
  const more = total !== undefined && total > chosen.ids.size && !chosen.everybody && everybodyPossible(query)
  return (
    <section className={css.bulk} aria-label={t('bulk.title')} data-print="hide">
      <b role="status">{t('bulk.count', { count, number: format.number(count) })}</b>
      {more && (
        <button type="button" className={css.remove} onClick={onEverybody}>
          {t('bulk.everybody', { count: total, number: format.number(total) })}
        </button>
      )}
      <Button size="xs" onClick={() => setOpen('stage')}>
        {t('contact.setStage')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setOpen('edit')}>
        {t('bulk.edit')}
      </Button>
      {!chosen.everybody && (
        <Button size="xs" variant="default" onClick={() => setOpen('list')}>
          {t('bulk.addToList')}
        </Button>
      )}
      {list && !chosen.everybody && (
        <Button
          size="xs"
          variant="default"
          loading={actions.members.isPending}
          onClick={() => actions.members.mutate({ id: list, remove: [...chosen.ids] })}
        >
          {t('bulk.takeOut')}
        </Button>
      )}
      <button type="button" className={css.remove} onClick={onClear}>
        {t('bulk.clear')}
      </button>
      {open && (
        <BulkDialog
          kind={open}
          count={count}
          actions={actions}
          onClose={() => {
            setOpen(undefined)
            actions.reset()
          }}
        />
      )}
    </section>
  )
}
