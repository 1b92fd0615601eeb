import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listsOptions } from '@/api/lists'
import { sessionOptions } from '@/api/session'
import { stagesOptions } from '@/api/stages'
import { useProblem } from '@/components/useProblem'
import { useFormat } from '@/lib/useFormat'
import type { BulkField } from './bulk'
import { bulkFields } from './bulk'
import type { BulkKind } from './BulkBar'
import { useStageChoices } from './StageDialog'
import type { BulkActions } from './useBulkActions'

interface Props {
  kind: BulkKind
  count: number
  actions: BulkActions
  onClose: () => void
}

export function BulkDialog(props: Props) {
  switch (props.kind) {
    case 'stage':
      return <StageForm {...props} />
    case 'edit':
      return <EditForm {...props} />
    case 'list':
      return <ListForm {...props} />
  }
}

interface FormProps {
  title: string
  submit: string
  ready: boolean
  action: { isPending: boolean; error: Error | null }
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

function Form({ title, submit, ready, action, onSubmit, onClose, children }: FormProps) {
  const { t } = useTranslation()
  const problem = useProblem()
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <form className="stack" onSubmit={send}>
        {children}
        {action.error && <p role="alert">{problem.text(action.error)}</p>}
        <Button type="submit" loading={action.isPending} disabled={!ready}>
          {submit}
        </Button>
      </form>
    </Modal>
  )
}

function StageForm({ count, actions, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery(stagesOptions)
  const { data: session } = useQuery(sessionOptions)
  // Nothing is chosen at first: to set the wrong stage for thousands should take more than a click.
  const [stage, setStage] = useState<string>()
  const choices = useStageChoices(data?.items ?? [], t('contacts.no.stage'))
  return (
    <Form
      title={t('bulk.stageTitle', { count, number: format.number(count) })}
      submit={t('bulk.set')}
      ready={stage !== undefined}
      action={actions.stage}
      onSubmit={() => actions.stage.mutate(stage || null, { onSuccess: onClose })}
      onClose={onClose}
    >
      <NativeSelect
        label={t('contacts.stage')}
        data-autofocus
        value={stage ?? UNCHOSEN}
        onChange={(event) => setStage(event.currentTarget.value)}
        data={stage === undefined ? [{ value: UNCHOSEN, label: t('filters.choose') }, ...choices] : choices}
      />
      <p>{session?.workspace.count_bulk ? t('bulk.counted') : t('bulk.notCounted')}</p>
    </Form>
  )
}

const UNCHOSEN = '?'

const FIELDS: BulkField[] = ['owner', 'value', 'property']

function EditForm({ count, actions, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: session } = useQuery(sessionOptions)
  const currency = session?.workspace.currency ?? 'EUR'
  const [field, setField] = useState<BulkField>('owner')
  const [text, setText] = useState('')
  const [property, setProperty] = useState('')
  const fields = bulkFields(field, text, property, currency)
  return (
    <Form
      title={t('bulk.editTitle', { count, number: format.number(count) })}
      submit={t('bulk.set')}
      ready={fields !== undefined}
      action={actions.edit}
      onSubmit={() => fields && actions.edit.mutate(fields, { onSuccess: onClose })}
      onClose={onClose}
    >
      <NativeSelect
        label={t('filters.field')}
        data-autofocus
        value={field}
        onChange={(event) => setField(FIELDS.find((one) => one === event.currentTarget.value) ?? 'owner')}
        data={FIELDS.map((value) => ({ value, label: t(`field.${value}`) }))}
      />
      {field === 'property' && (
        <TextInput
          label={t('import.propertyName')}
          value={property}
          onChange={(event) => setProperty(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={field === 'value' ? t('bulk.valueIn', { currency }) : t('bulk.newValue')}
        description={field === 'value' ? undefined : t('bulk.emptyRemoves')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Form>
  )
}

function ListForm({ count, actions, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery(listsOptions)
  const lists = (data?.items ?? []).filter((list) => list.kind === 'static')
  const [chosen, setChosen] = useState('')
  const list = chosen || lists[0]?.id || ''
  return (
    <Form
      title={t('bulk.listTitle', { count, number: format.number(count) })}
      submit={t('bulk.add')}
      ready={list !== ''}
      action={actions.members}
      onSubmit={() => actions.members.mutate({ id: list, add: actions.ids() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {data && lists.length === 0 ? (
        <p>{t('bulk.noLists')}</p>
      ) : (
        <NativeSelect
          label={t('filterField.list')}
          data-autofocus
          value={list}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={lists.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </Form>
  )
}
