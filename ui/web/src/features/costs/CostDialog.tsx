import { NumberInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cost } from '@/api/costs'
import { saveCosts, shownByCosts } from '@/api/costs'
import { sessionOptions } from '@/api/session'
import { useChange } from '@/components/useChange'
import { KeepDialog } from '@/features/keep/KeepDialog'
import { toMajor } from '@/lib/money'
import css from './Costs.module.css'
import { amountOf, sourceOf } from './model'

const FIELDS = ['source', 'sub_source', 'campaign', 'ad_group', 'ad', 'keyword'] as const

/** What a day of a source cost, by hand. Of one that is there only the amount changes: its day and source are what it is of. */
export function CostDialog({ kept, today, onClose }: { kept?: Cost; today: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionOptions)
  const own = session?.workspace.currency ?? 'EUR'
  const [cost, setCost] = useState<Cost>(kept ?? { day: today, amount: 0, currency: own })
  const currency = cost.currency || own
  const [amount, setAmount] = useState(kept ? toMajor({ amount: kept.amount, currency }) : '')
  const save = useChange(saveCosts, t('tracking.saved'), shownByCosts, ({ rejected }) => {
    if (!rejected?.length) onClose()
  })
  const minor = amountOf(amount, currency, false)
  const refused = save.data?.rejected?.[0]?.error
  const set = (field: keyof Cost) => (event: { currentTarget: { value: string } }) =>
    setCost({ ...cost, [field]: event.currentTarget.value })
  return (
    <KeepDialog
      title={kept ? [kept.day, sourceOf(kept)].filter(Boolean).join(' · ') : t('costs.add')}
      text={t(kept ? 'costs.editText' : 'costs.addText')}
      submit={t('tracking.save')}
      pending={save.isPending}
      problem={refused ?? save.problem}
      onSubmit={() => minor !== undefined && save.mutate([{ ...cost, currency, amount: minor }])}
      onClose={onClose}
    >
      {!kept && (
        <div className={css.fields}>
          <TextInput type="date" label={t('costs.field.day')} value={cost.day} onChange={set('day')} />
          {FIELDS.map((field) => (
            <TextInput
              key={field}
              label={t(`costs.field.${field}`)}
              value={cost[field] ?? ''}
              onChange={set(field)}
            />
          ))}
        </div>
      )}
      <div className={css.fields}>
        <TextInput
          label={t('costs.field.amount')}
          data-autofocus
          inputMode="decimal"
          value={amount}
          error={amount && minor === undefined ? t('costs.wrong.amount', { cell: amount }) : undefined}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <TextInput
          label={t('costs.field.currency')}
          maxLength={3}
          value={currency}
          onChange={set('currency')}
        />
        {(['clicks', 'impressions'] as const).map((field) => (
          <NumberInput
            key={field}
            label={t(`costs.field.${field}`)}
            hideControls
            allowNegative={false}
            allowDecimal={false}
            value={cost[field] ?? ''}
            onChange={(value) => setCost({ ...cost, [field]: Number(value) || undefined })}
          />
        ))}
      </div>
    </KeepDialog>
  )
}
