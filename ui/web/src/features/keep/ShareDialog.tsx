import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shareReport } from '@/api/keep'
import { Copyable } from '@/components/Copyable'
import css from './Keep.module.css'
import { KeepDialog, Once } from './KeepDialog'
import { useKeep } from './useKeep'

const ENDS = ['7', '30', '90', '0'] as const
const DAY_MS = 86_400_000

export function ShareDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [days, setDays] = useState('30')
  const share = useKeep(shareReport, t('keep.shared'))
  const token = share.data?.token
  if (token) {
    return (
      <Once label={t('keep.linkReady')} onClose={onClose}>
        <p>{t('keep.linkOnce')}</p>
        <div className={css.secret}>
          <Copyable text={`${location.origin}/share/${token}`} />
        </div>
      </Once>
    )
  }
  const submit = () => {
    const ends = Number(days)
    const expires_at = ends > 0 ? new Date(Date.now() + ends * DAY_MS).toISOString() : undefined
    share.mutate({ name, query, expires_at })
  }
  return (
    <KeepDialog
      title={t('keep.share')}
      text={t('keep.shareText')}
      submit={t('keep.shareDo')}
      pending={share.isPending}
      problem={share.fault('name') ? null : share.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('keep.shareName')}
        data-autofocus
        maxLength={200}
        value={name}
        error={share.fault('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('keep.ends')}
        value={days}
        data={ENDS.map((value) => ({
          value,
          label: value === '0' ? t('keep.endsNever') : t('keep.endsIn', { count: Number(value) }),
        }))}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
    </KeepDialog>
  )
}
