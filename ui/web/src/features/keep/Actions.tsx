import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeptKind } from '@/api/keep'
import { removeKept } from '@/api/keep'
import { toolClass } from '@/components/states'
import { useKeep } from './useKeep'

/** Forgets something kept; a link is ended instead. */
export function Remove({ kind, id, name }: { kind: KeptKind; id: string; name: string }) {
  const { t } = useTranslation()
  const said = t(kind === 'share' ? 'keep.revoked' : 'keep.removed', { name })
  const remove = useKeep(removeKept, said)
  const label = t(kind === 'share' ? 'keep.revoke' : 'keep.remove')
  return (
    <Tool label={label} of={name} onClick={() => remove.mutate({ kind, id })} pending={remove.isPending} />
  )
}

/** Opens the form of something kept. */
export function Change({ of, children }: { of: string; children: (close: () => void) => ReactNode }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Tool label={t('keep.change')} of={of} onClick={() => setOpen(true)} />
      {open && children(() => setOpen(false))}
    </>
  )
}

interface ToolProps {
  label: string
  /** What it is done to, for those who hear the page. */
  of: string
  pending?: boolean
  onClick: () => void
}

export function Tool({ label, of, pending, onClick }: ToolProps) {
  return (
    <button type="button" className={toolClass} disabled={pending} onClick={onClick}>
      {label}
      <span className="sr-only"> {of}</span>
    </button>
  )
}
