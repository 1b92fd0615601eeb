import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addAlert } from '@/api/keep'
import css from './Keep.module.css'
import { KeepDialog } from './KeepDialog'
import { fraction, NOWHERE, target } from './model'
import { TargetFields, WebhookSecret } from './TargetFields'
import { useKeep } from './useKeep'

export const METRICS = ['conversion_rate', 'drop_off_rate', 'entered', 'won', 'lost'] as const
const DIRECTIONS = ['falls', 'rises', 'either'] as const

export function AlertDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [metric, setMetric] = useState<(typeof METRICS)[number]>('conversion_rate')
  const [direction, setDirection] = useState<(typeof DIRECTIONS)[number]>('falls')
  const [by, setBy] = useState('')
  const [days, setDays] = useState('7')
  const [window, setWindow] = useState('14')
  const [to, setTo] = useState(NOWHERE)
  const add = useKeep(addAlert, t('keep.alertMade', { name }), (out) => !out.webhook_secret && onClose())
  if (add.data?.webhook_secret) return <WebhookSecret secret={add.data.webhook_secret} onClose={onClose} />
  const submit = () => {
    const rule = { metric, direction, by: fraction(by), days: Number(days), window: Number(window) }
    add.mutate({ name, query, ...rule, target: target(to) })
  }
  return (
    <KeepDialog
      title={t('keep.alert')}
      text={t('keep.alertText')}
      submit={t('keep.alertDo')}
      pending={add.isPending}
      problem={['name', 'emails', 'webhook', 'days', 'window'].some(add.fault) ? null : add.problem}
      onSubmit={submit}
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
          label={t('keep.metric')}
          value={metric}
          data={METRICS.map((value) => ({ value, label: t(`keep.metrics.${value}`) }))}
          onChange={(event) =>
            setMetric(METRICS.find((one) => one === event.currentTarget.value) ?? 'conversion_rate')
          }
        />
        <NativeSelect
          label={t('keep.direction')}
          value={direction}
          data={DIRECTIONS.map((value) => ({ value, label: t(`keep.directions.${value}`) }))}
          onChange={(event) =>
            setDirection(DIRECTIONS.find((one) => one === event.currentTarget.value) ?? 'falls')
          }
        />
        <TextInput
          label={t('keep.by')}
          inputMode="decimal"
          placeholder={t('keep.byInterval')}
          value={by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <TextInput
          label={t('keep.days')}
          inputMode="numeric"
          value={days}
          error={add.fault('days')}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        {metric !== 'entered' && (
          <TextInput
            label={t('keep.window')}
            inputMode="numeric"
            value={window}
            error={add.fault('window')}
            onChange={(event) => setWindow(event.currentTarget.value)}
          />
        )}
      </div>
      <TargetFields value={to} fault={add.fault} onChange={setTo} />
    </KeepDialog>
  )
}
