import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeepDialog } from './KeepDialog'
import type { TargetText } from './model'
import { NOWHERE, target, written } from './model'
import { TargetFields, WebhookSecret } from './TargetFields'
import { useKeep } from './useKeep'

type Target = ReturnType<typeof target>
type Fault = (name: string) => string | undefined

interface Props {
  kind: 'digest' | 'alert'
  /** What is changed; without it a new one is made. */
  kept: { name: string; target: { emails: string[] | null; webhook: string } } | undefined
  /** Fields of its own that show what is wrong with them. */
  own?: readonly string[]
  save: (common: { name: string; target: Target }) => Promise<{ webhook_secret: string | null }>
  onClose: () => void
  children: (fault: Fault) => ReactNode
}

/** The form of what is sent by itself: its name, its rule, where it goes; last the secret of a new webhook. */
export function SentDialog({ kind, kept, own = [], save, onClose, children }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(kept?.name ?? '')
  const [to, setTo] = useState<TargetText>(kept ? written(kept.target) : NOWHERE)
  const said = t(kept ? 'keep.changed' : `keep.${kind}Made`, { name })
  const keep = useKeep(save, said, (out) => !out.webhook_secret && onClose())
  if (keep.data?.webhook_secret) return <WebhookSecret secret={keep.data.webhook_secret} onClose={onClose} />
  return (
    <KeepDialog
      title={kept ? t('keep.changing', { name: kept.name }) : t(`keep.${kind}`)}
      text={t(`keep.${kind}Text`)}
      submit={t(kept ? 'keep.changeDo' : `keep.${kind}Do`)}
      pending={keep.isPending}
      problem={['name', 'emails', 'webhook', ...own].some(keep.fault) ? null : keep.problem}
      onSubmit={() => keep.mutate({ name, target: target(to) })}
      onClose={onClose}
    >
      <TextInput
        label={t('keep.name')}
        data-autofocus
        maxLength={200}
        value={name}
        error={keep.fault('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {children(keep.fault)}
      <TargetFields value={to} fault={keep.fault} onChange={setTo} />
    </KeepDialog>
  )
}
