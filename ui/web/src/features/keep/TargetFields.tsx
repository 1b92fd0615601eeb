import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Copyable } from '@/components/Copyable'
import css from './Keep.module.css'
import { Once } from './KeepDialog'
import type { TargetText } from './model'

interface Props {
  value: TargetText
  fault: (name: string) => string | undefined
  onChange: (value: TargetText) => void
}

/** Where something is sent: by mail, by webhook, or both. */
export function TargetFields({ value, fault, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('keep.emails')}
        description={t('keep.emailsHint')}
        value={value.emails}
        error={fault('emails') ?? fault('emails[0]')}
        onChange={(event) => onChange({ ...value, emails: event.currentTarget.value })}
      />
      <TextInput
        type="url"
        label={t('keep.webhook')}
        description={t('keep.webhookHint')}
        value={value.webhook}
        error={fault('webhook')}
        onChange={(event) => onChange({ ...value, webhook: event.currentTarget.value })}
      />
    </>
  )
}

/** The secret of a new webhook, which is shown once. */
export function WebhookSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Once label={t('keep.secretReady')} onClose={onClose}>
      <p>{t('keep.secretOnce')}</p>
      <div className={css.secret}>
        <Copyable text={secret} />
      </div>
    </Once>
  )
}
