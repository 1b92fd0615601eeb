import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDigest } from '@/api/keep'
import { useFormat } from '@/lib/useFormat'
import css from './Keep.module.css'
import { KeepDialog } from './KeepDialog'
import { NOWHERE, target } from './model'
import { TargetFields, WebhookSecret } from './TargetFields'
import { useKeep } from './useKeep'

const EVERY = ['day', 'week', 'month'] as const
const MONDAY = '2026-11-23'

export function DigestDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [name, setName] = useState('')
  const [schedule, setSchedule] = useState({ every: 'week', weekday: 1, day: 1, hour: 8 })
  const [to, setTo] = useState(NOWHERE)
  const add = useKeep(addDigest, t('keep.digestMade', { name }), (out) => !out.webhook_secret && onClose())
  if (add.data?.webhook_secret) return <WebhookSecret secret={add.data.webhook_secret} onClose={onClose} />
  const every = EVERY.find((one) => one === schedule.every) ?? 'week'
  const dayAt = (index: number) =>
    format.day(`2026-11-${Number(MONDAY.slice(-2)) + index}`, { weekday: 'long' })
  return (
    <KeepDialog
      title={t('keep.digest')}
      text={t('keep.digestText')}
      submit={t('keep.digestDo')}
      pending={add.isPending}
      problem={['name', 'emails', 'webhook'].some(add.fault) ? null : add.problem}
      onSubmit={() => add.mutate({ name, query, schedule: { ...schedule, every }, target: target(to) })}
      onClose={onClose}
    >
      <TextInput
        label={t('keep.name')}
        data-autofocus
        maxLength={200}
        value={name}
        error={add.fault('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={css.pair}>
        <NativeSelect
          label={t('keep.every')}
          value={every}
          data={EVERY.map((value) => ({ value, label: t(`keep.rhythm.${value}`) }))}
          onChange={(event) => setSchedule({ ...schedule, every: event.currentTarget.value })}
        />
        {every === 'week' && (
          <NativeSelect
            label={t('keep.weekday')}
            value={schedule.weekday}
            data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: dayAt(day - 1) }))}
            onChange={(event) => setSchedule({ ...schedule, weekday: Number(event.currentTarget.value) })}
          />
        )}
        {every === 'month' && (
          <NativeSelect
            label={t('keep.dayOfMonth')}
            value={schedule.day}
            data={Array.from({ length: 28 }, (_, i) => String(i + 1))}
            onChange={(event) => setSchedule({ ...schedule, day: Number(event.currentTarget.value) })}
          />
        )}
        <NativeSelect
          label={t('keep.hour')}
          value={schedule.hour}
          data={Array.from({ length: 24 }, (_, hour) => ({
            value: String(hour),
            label: format.clock(`2026-01-01T${String(hour).padStart(2, '0')}:00:00Z`, 'UTC'),
          }))}
          onChange={(event) => setSchedule({ ...schedule, hour: Number(event.currentTarget.value) })}
        />
      </div>
      <TargetFields value={to} fault={add.fault} onChange={setTo} />
    </KeepDialog>
  )
}
