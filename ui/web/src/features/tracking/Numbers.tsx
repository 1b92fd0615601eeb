import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneNumber, Tracking } from '@/api/tracking'
import { setTracking } from '@/api/tracking'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Section } from '@/components/states'
import { Tool } from '@/features/keep/Actions'
import { sourceWords } from './model'
import css from './Tracking.module.css'
import { useSave } from './useSave'

/** Phone numbers by source, so that a call tells where it came from. */
export function Numbers({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  const numbers = tracking.numbers ?? []
  const remove = useSave(setTracking, t('tracking.saved'))
  const columns: Column<PhoneNumber>[] = [
    { id: 'number', header: t('tracking.number'), cell: (n) => n.number },
    { id: 'source', header: t('tracking.source'), wrap: true, cell: (n) => sourceWords(n.source) },
    {
      id: 'do',
      header: t('keep.actions'),
      cell: (n) => (
        <Tool
          label={t('keep.remove')}
          of={n.number}
          pending={remove.isPending}
          onClick={() => remove.mutate({ ...tracking, numbers: numbers.filter((other) => other !== n) })}
        />
      ),
    },
  ]
  return (
    <Section id="numbers" title={t('tracking.numbers')} text={t('tracking.numbersText')}>
      <div className="stack">
        {numbers.length === 0 ? (
          <p className="muted">{t('tracking.numbersNone')}</p>
        ) : (
          <DataTable
            label={t('tracking.numbers')}
            columns={columns}
            rows={numbers}
            rowKey={(n) => n.number}
            snug
          />
        )}
        <AddNumber tracking={tracking} />
      </div>
    </Section>
  )
}

function AddNumber({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  const [number, setNumber] = useState('')
  const [source, setSource] = useState('')
  const save = useSave(setTracking, t('tracking.saved'), () => setNumber(''))
  return (
    <form
      className={css.fields}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ ...tracking, numbers: [...(tracking.numbers ?? []), { number, source: { source } }] })
      }}
    >
      <TextInput
        label={t('tracking.number')}
        type="tel"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <TextInput
        label={t('tracking.source')}
        placeholder="Paid search"
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('tracking.addNumber')}
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
