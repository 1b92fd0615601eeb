import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesOptions } from '@/api/stages'
import type { SiteForm } from '@/api/tracking'
import { addForm, formsOptions, removeForm } from '@/api/tracking'
import { Copyable } from '@/components/Copyable'
import type { Column } from '@/components/DataTable'
import { Tool } from '@/features/keep/Actions'
import { Part, useMoment } from '@/features/keep/Part'
import { useFormat } from '@/lib/useFormat'
import css from './Tracking.module.css'
import { useSave } from './useSave'

const PURPOSES = ['demo', 'content', 'contact', 'newsletter'] as const

/** The forms of the site, and how often they were sent. */
export function Forms() {
  const { t } = useTranslation()
  const moment = useMoment()
  const format = useFormat()
  const columns: Column<SiteForm>[] = [
    { id: 'name', header: t('keep.name'), cell: (form) => form.name },
    { id: 'mark', header: t('tracking.mark'), cell: (form) => <Copyable text={form.id} /> },
    { id: 'purpose', header: t('tracking.purpose'), cell: (form) => t(`tracking.purposes.${form.purpose}`) },
    {
      id: 'sent',
      header: t('tracking.submissions'),
      numeric: true,
      cell: (form) => format.number(form.submissions),
    },
    { id: 'last', header: t('keep.last'), numeric: true, cell: (form) => moment(form.last_at) },
    { id: 'do', header: t('keep.actions'), cell: (form) => <RemoveForm form={form} /> },
  ]
  return (
    <div className="stack">
      <Part
        id="forms"
        title={t('tracking.forms')}
        text={t('tracking.formsText')}
        none={t('tracking.formsNone')}
        query={useForms()}
        columns={columns}
        rowKey={(form) => form.id}
      />
      <AddForm />
    </div>
  )
}

const useForms = () => useQuery({ ...formsOptions, select: ({ items }) => ({ items: items ?? [] }) })

function RemoveForm({ form }: { form: SiteForm }) {
  const { t } = useTranslation()
  const remove = useSave(removeForm, t('keep.removed', { name: form.name }))
  return (
    <Tool
      label={t('keep.remove')}
      of={form.name}
      pending={remove.isPending}
      onClick={() => remove.mutate(form.id)}
    />
  )
}

function AddForm() {
  const { t } = useTranslation()
  const { data: stages } = useQuery(stagesOptions)
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('contact')
  const [stage, setStage] = useState('')
  const add = useSave(addForm, t('tracking.saved'), () => setName(''))
  return (
    <form
      className={css.fields}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate({ name, purpose, stages: stage ? [stage] : [] })
      }}
    >
      <TextInput
        label={t('tracking.formName')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('tracking.purpose')}
        data={PURPOSES.map((value) => ({ value, label: t(`tracking.purposes.${value}`) }))}
        value={purpose}
        onChange={(event) => setPurpose(PURPOSES.find((p) => p === event.currentTarget.value) ?? 'contact')}
      />
      <NativeSelect
        label={t('tracking.mayStage')}
        data={[
          { value: '', label: t('tracking.noStage') },
          ...(stages?.items ?? []).map((s) => ({ value: s.id, label: s.name })),
        ]}
        value={stage}
        onChange={(event) => setStage(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={add.isPending}>
          {t('tracking.addForm')}
        </Button>
      </div>
      {add.problem && (
        <p role="alert" className={css.problem}>
          {add.problem}
        </p>
      )}
    </form>
  )
}
