import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Destination } from '@/api/destinations'
import { destinationsKey, editDestination, kindsOptions, removeDestination } from '@/api/destinations'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { toolClass } from '@/components/states'
import { useChange } from '@/components/useChange'
import { Tool } from '@/features/keep/Actions'
import keep from '@/features/keep/Keep.module.css'
import { DestinationDialog } from './DestinationDialog'
import { TestDialog } from './TestDialog'

/** What can be done to a destination. */
export function DestinationTools({ destination }: { destination: Destination }) {
  const { t } = useTranslation()
  const { id, name, enabled } = destination
  const [open, setOpen] = useState<'edit' | 'test' | 'remove'>()
  const close = () => setOpen(undefined)
  const { data: kinds } = useQuery(kindsOptions)
  const kind = kinds?.items.find((one) => one.kind === destination.kind)
  const said = t(enabled ? 'keep.paused' : 'keep.resumed', { name })
  const turn = useChange(editDestination, said, [destinationsKey])
  const remove = useChange(removeDestination, t('keep.removed', { name }), [destinationsKey], close)
  return (
    <div className={keep.actions}>
      {kind?.pulls ? (
        <a className={toolClass} href={`/v1/destinations/${id}/conversions.csv`} download>
          CSV<span className="sr-only"> {name}</span>
        </a>
      ) : (
        <Tool label={t('destinations.test')} of={name} onClick={() => setOpen('test')} />
      )}
      <Tool label={t('keep.change')} of={name} onClick={() => setOpen('edit')} />
      <Tool
        label={t(enabled ? 'keep.pause' : 'keep.resume')}
        of={name}
        pending={turn.isPending}
        onClick={() => turn.mutate({ id, body: { enabled: !enabled } })}
      />
      <Tool label={t('keep.remove')} of={name} onClick={() => setOpen('remove')} />
      {open === 'edit' && kind && <DestinationDialog kind={kind} kept={destination} onClose={close} />}
      {open === 'test' && kind && <TestDialog kind={kind} destination={destination} onClose={close} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={t('destinations.removeTitle', { name })}
          text={t('destinations.removeText')}
          submit={t('keep.remove')}
          pending={remove.isPending}
          problem={remove.problem}
          onSubmit={() => remove.mutate(id)}
          onClose={close}
        />
      )}
    </div>
  )
}
