import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '@/api/keep'
import { addAlert, editAlert } from '@/api/keep'
import { ACTORS } from '@/features/log/search'
import css from './Keep.module.css'
import type { RuleText } from './model'
import { DIRECTIONS, METRICS, NEW_RULE, rule, ruleText } from './model'
import { SentDialog } from './SentDialog'

interface Props {
  query: string
  kept?: Alert
  onClose: () => void
}

export function AlertDialog({ query, kept, onClose }: Props) {
  const [text, setText] = useState<RuleText>(kept ? ruleText(kept) : NEW_RULE)
  // The log knows no filters of contacts.
  const asked = text.metric === 'changes' ? '' : (kept?.query ?? query)
  return (
    <SentDialog
      kind="alert"
      kept={kept}
      own={['days', 'window']}
      save={(common) => {
        const body = { ...common, ...rule(text), query: asked }
        return kept ? editAlert({ id: kept.id, body }) : addAlert(body)
      }}
      onClose={onClose}
    >
      {(fault) => <RuleFields text={text} fault={fault} onChange={setText} />}
    </SentDialog>
  )
}

interface FieldsProps {
  text: RuleText
  fault: (name: string) => string | undefined
  onChange: (text: RuleText) => void
}

function RuleFields({ text, fault, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const { metric } = text
  const ofLog = metric === 'changes'
  return (
    <>
      <div className={css.pair}>
        <NativeSelect
          label={t('keep.metric')}
          value={metric}
          data={METRICS.map((value) => ({ value, label: t(`keep.metrics.${value}`) }))}
          onChange={(event) => {
            const chosen = METRICS.find((one) => one === event.currentTarget.value) ?? metric
            onChange({ ...text, metric: chosen })
          }}
        />
        {ofLog && (
          <NativeSelect
            label={t('log.who')}
            value={text.actor}
            data={[
              { value: '', label: t('log.anybody') },
              ...ACTORS.map((value) => ({ value, label: t(`actor.${value}`) })),
            ]}
            onChange={(event) => {
              const chosen = ACTORS.find((one) => one === event.currentTarget.value) ?? ''
              onChange({ ...text, actor: chosen })
            }}
          />
        )}
        <NativeSelect
          label={t('keep.direction')}
          value={text.direction}
          data={DIRECTIONS.map((value) => ({ value, label: t(`keep.directions.${value}`) }))}
          onChange={(event) => {
            const chosen = DIRECTIONS.find((one) => one === event.currentTarget.value) ?? text.direction
            onChange({ ...text, direction: chosen })
          }}
        />
        <TextInput
          label={t('keep.by')}
          inputMode="decimal"
          placeholder={t(ofLog ? 'keep.byMarks' : 'keep.byInterval')}
          value={text.by}
          onChange={(event) => onChange({ ...text, by: event.currentTarget.value })}
        />
        {!ofLog && <SpanFields text={text} fault={fault} onChange={onChange} />}
      </div>
      {ofLog && <p className="caption">{t('keep.logText')}</p>}
    </>
  )
}

function SpanFields({ text, fault, onChange }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('keep.days')}
        inputMode="numeric"
        value={text.days}
        error={fault('days')}
        onChange={(event) => onChange({ ...text, days: event.currentTarget.value })}
      />
      {text.metric !== 'entered' && (
        <TextInput
          label={t('keep.window')}
          inputMode="numeric"
          value={text.window}
          error={fault('window')}
          onChange={(event) => onChange({ ...text, window: event.currentTarget.value })}
        />
      )}
    </>
  )
}
