import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rate } from '@/api/costs'
import { ratesKey, ratesOptions, setRates, shownByCosts } from '@/api/costs'
import { sessionOptions } from '@/api/session'
import type { Column } from '@/components/DataTable'
import { useToast } from '@/components/Toasts'
import { useChange } from '@/components/useChange'
import { Tool } from '@/features/keep/Actions'
import { Part } from '@/features/keep/Part'
import { dayIn } from '@/lib/days'
import { useFormat } from '@/lib/useFormat'
import { useMay } from '@/lib/useMay'
import css from './Costs.module.css'

const SHOWN = [ratesKey, ...shownByCosts]

/** What other currencies are worth in the workspace's own. */
export function Rates() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: session } = useQuery(sessionOptions)
  const own = session?.workspace.currency ?? ''
  const admin = useMay('admin')
  const query = useQuery({ ...ratesOptions, select: ({ items }) => ({ items: items ?? [] }) })
  const rates = query.data?.items ?? []
  const columns: Column<Rate>[] = [
    { id: 'currency', header: t('costs.field.currency'), cell: (rate) => rate.currency },
    { id: 'from', header: t('costs.rateFrom'), cell: (rate) => format.day(rate.from) },
    {
      id: 'rate',
      header: t('costs.rate', { currency: own }),
      numeric: true,
      cell: (rate) => rate.rate.toLocaleString(format.locale, { maximumFractionDigits: 8 }),
    },
  ]
  if (admin) {
    columns.push({
      id: 'do',
      header: t('keep.actions'),
      cell: (rate) => <RemoveRate rate={rate} rates={rates} />,
    })
  }
  return (
    <div className="stack">
      <Part
        id="rates"
        title={t('costs.rates')}
        text={t('costs.ratesText', { currency: own })}
        none={t('costs.ratesNone', { currency: own })}
        query={query}
        columns={columns}
        rowKey={(rate) => `${rate.currency} ${rate.from}`}
      />
      {admin && query.data && <AddRate rates={rates} own={own} />}
    </div>
  )
}

function RemoveRate({ rate, rates }: { rate: Rate; rates: Rate[] }) {
  const { t } = useTranslation()
  const toast = useToast()
  const of = `${rate.currency} ${rate.from}`
  const back = useChange(setRates, t('costs.isBack'), SHOWN)
  const remove = useChange(setRates, '', SHOWN, () =>
    toast(t('keep.removed', { name: of }), () => back.mutate(rates)),
  )
  return (
    <Tool
      label={t('keep.remove')}
      of={of}
      pending={remove.isPending}
      onClick={() => remove.mutate(rates.filter((other) => other !== rate))}
    />
  )
}

/** A rate of the same currency and day takes the place of the one before. */
function AddRate({ rates, own }: { rates: Rate[]; own: string }) {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionOptions)
  const [currency, setCurrency] = useState('')
  const [from, setFrom] = useState(() => dayIn(session?.workspace.time_zone ?? 'UTC'))
  const [text, setText] = useState('')
  const save = useChange(setRates, t('tracking.saved'), SHOWN, () => {
    setCurrency('')
    setText('')
  })
  const rate = Number(text.trim().replace(',', '.'))
  const submit = () => {
    const next = { currency: currency.trim().toUpperCase(), from, rate }
    const others = rates.filter((one) => one.currency !== next.currency || one.from !== next.from)
    save.mutate([...others, next])
  }
  return (
    <form
      className={css.fields}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextInput
        label={t('costs.field.currency')}
        placeholder="USD"
        maxLength={3}
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('costs.rateFrom')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        label={t('costs.rate', { currency: own })}
        placeholder="0.92"
        inputMode="decimal"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="default" loading={save.isPending}>
          {t('costs.addRate')}
        </Button>
      </div>
      {save.problem && (
        <p role="alert" className={css.problem}>
          {save.problem}
        </p>
      )}
    </form>
  )
}
