import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Classified, Rule, Tracking } from '@/api/tracking'
import { classify, setTracking } from '@/api/tracking'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Section } from '@/components/states'
import { Tool } from '@/features/keep/Actions'
import { sourceWords } from './model'
import css from './Tracking.module.css'
import { useSave } from './useSave'

/** Own rules for where visits come from, and a place to try an address. */
export function Rules({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  return (
    <Section id="rules" title={t('tracking.rules')} text={t('tracking.rulesText')}>
      <div className="stack">
        <Tester />
        <RuleTable tracking={tracking} />
        <AddRule tracking={tracking} />
      </div>
    </Section>
  )
}

/** Says how an address is read. */
export function Tester() {
  const { t } = useTranslation()
  const [page, setPage] = useState('')
  const [referrer, setReferrer] = useState('')
  const ask = useMutation({ mutationFn: classify })
  return (
    <form
      className={css.fields}
      onSubmit={(event) => {
        event.preventDefault()
        ask.mutate({ page, referrer })
      }}
    >
      <TextInput
        label={t('tracking.testPage')}
        placeholder="https://example.com/?utm_source=news"
        value={page}
        onChange={(event) => setPage(event.currentTarget.value)}
      />
      <TextInput
        label={t('tracking.testReferrer')}
        placeholder="https://www.google.com/"
        value={referrer}
        onChange={(event) => setReferrer(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="default" loading={ask.isPending}>
          {t('tracking.test')}
        </Button>
      </div>
      <p role="status" className={css.live}>
        {ask.data && <Verdict read={ask.data} />}
      </p>
    </form>
  )
}

function Verdict({ read }: { read: Classified }) {
  const { t } = useTranslation()
  if (read.inside) return t('tracking.inside')
  const why = read.rule === null ? t('tracking.byLists') : t('tracking.byRule', { number: read.rule + 1 })
  return (
    <>
      <strong>{sourceWords(read.source)}</strong> <span className="muted">{why}</span>
    </>
  )
}

function RuleTable({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  const remove = useSave(setTracking, t('tracking.saved'))
  const rows = (tracking.rules ?? []).map((rule, at) => ({ ...rule, at }))
  type Row = Rule & { at: number }
  const columns: Column<Row>[] = [
    { id: 'at', header: t('tracking.order'), numeric: true, cell: (rule) => rule.at + 1 },
    { id: 'host', header: t('tracking.host'), cell: (rule) => rule.host || t('tracking.any') },
    { id: 'parameter', header: t('tracking.parameter'), cell: (rule) => rule.parameter || t('tracking.any') },
    { id: 'value', header: t('tracking.value'), cell: (rule) => rule.value || t('tracking.any') },
    { id: 'source', header: t('tracking.source'), wrap: true, cell: (rule) => sourceWords(rule.source) },
    {
      id: 'do',
      header: t('keep.actions'),
      cell: (rule) => (
        <Tool
          label={t('keep.remove')}
          of={String(rule.at + 1)}
          pending={remove.isPending}
          onClick={() =>
            remove.mutate({ ...tracking, rules: (tracking.rules ?? []).filter((_, at) => at !== rule.at) })
          }
        />
      ),
    },
  ]
  if (rows.length === 0) return <p className="muted">{t('tracking.rulesNone')}</p>
  return (
    <DataTable
      label={t('tracking.rules')}
      columns={columns}
      rows={rows}
      rowKey={(rule) => String(rule.at)}
      snug
    />
  )
}

const EMPTY = { host: '', parameter: '', value: '', source: '', sub_source: '' }

function AddRule({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(EMPTY)
  const save = useSave(setTracking, t('tracking.saved'), () => setDraft(EMPTY))
  const { source, sub_source, ...where } = draft
  const labels = {
    host: t('tracking.host'),
    parameter: t('tracking.parameter'),
    value: t('tracking.value'),
    source: t('tracking.source'),
    sub_source: t('tracking.subSource'),
  }
  return (
    <form
      className={css.fields}
      onSubmit={(event) => {
        event.preventDefault()
        const rule = { ...where, source: { source, sub_source } }
        save.mutate({ ...tracking, rules: [...(tracking.rules ?? []), rule] })
      }}
    >
      {(Object.keys(EMPTY) as (keyof typeof EMPTY)[]).map((name) => (
        <TextInput
          key={name}
          label={labels[name]}
          value={draft[name]}
          onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
        />
      ))}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('tracking.addRule')}
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
