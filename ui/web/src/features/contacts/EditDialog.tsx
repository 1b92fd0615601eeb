import { ActionIcon, Button, Modal, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeenContact } from '@/api/contacts'
import { contactOptions } from '@/api/contacts'
import { ApiError, isApiError } from '@/api/problem'
import { Icon } from '@/components/Icon'
import { useProblem } from '@/components/useProblem'
import css from './Contact.module.css'
import type { FieldName, Form, Meeting } from './edit'
import { badValue, changed, meet, NAMES, propertyNames, SOURCES, toForm, toPatch } from './edit'
import type { ContactActions } from './useContactActions'
import { useFieldText } from './useFieldText'

interface Props {
  seen: SeenContact
  currency: string
  edit: ContactActions['edit']
  onClose: () => void
}

/** All fields of a contact. Who saves second is shown what the first one wrote, and saves again or not. */
export function EditDialog({ seen, currency, edit, onClose }: Props) {
  const { t } = useTranslation()
  const problem = useProblem()
  const client = useQueryClient()
  const [base, setBase] = useState(seen)
  const before = toForm(base.contact, currency)
  const [form, setForm] = useState<Form>(before)
  const [met, setMet] = useState<Meeting>()
  const set = (name: FieldName, value: string) => setForm((all) => ({ ...all, [name]: value }))
  const bad = badValue(before, form)

  const meetOthers = async () => {
    const theirs = await client.fetchQuery({ ...contactOptions(base.contact.id), staleTime: 0 })
    const meeting = meet(before, toForm(theirs.contact, currency), form)
    setBase(theirs)
    setForm(meeting.form)
    setMet(meeting)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (changed(before, form).length === 0) return onClose()
    const body = toPatch(base.contact, before, form)
    const saved = { ...base.contact, properties: { ...base.contact.properties, ...body.properties } }
    edit.mutate(
      { body, tag: base.tag, back: toPatch(saved, form, before) },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (isApiError(error, 412)) void meetOthers()
        },
      },
    )
  }
  const refused = edit.error instanceof ApiError && edit.error.status !== 412 ? edit.error : undefined
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('contact.edit')}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <form onSubmit={submit} className="stack">
        {met && <Met met={met} />}
        <div className={css.fields}>
          {NAMES.map((name) => (
            <TextInput
              key={name}
              label={t(`field.${name}`)}
              value={form[name] ?? ''}
              error={problem.field(refused, name)}
              onChange={(event) => set(name, event.currentTarget.value)}
            />
          ))}
          <div className={css.money}>
            <TextInput
              label={t('field.value')}
              inputMode="decimal"
              value={form.value ?? ''}
              error={bad ? (form.value?.trim() ? t('contact.noAmount') : t('contact.keepValue')) : undefined}
              onChange={(event) => set('value', event.currentTarget.value)}
            />
            <TextInput
              label={t('contact.currency')}
              maxLength={3}
              value={form.currency ?? ''}
              error={problem.field(refused, 'value.currency')}
              onChange={(event) => set('currency', event.currentTarget.value.toUpperCase())}
            />
          </div>
        </div>
        <fieldset className={css.group}>
          <legend>{t('contact.firstSource')}</legend>
          <div className={css.fields}>
            {SOURCES.map((name) => (
              <TextInput
                key={name}
                label={t(`field.${name}`)}
                value={form[`source.${name}`] ?? ''}
                error={problem.field(refused, `source.${name}`)}
                onChange={(event) => set(`source.${name}`, event.currentTarget.value)}
              />
            ))}
          </div>
        </fieldset>
        <Properties form={form} set={set} error={(name) => problem.field(refused, `properties.${name}`)} />
        {refused && (
          <p role="alert">
            {problem.text(refused)} {t('contact.keptInput')}
          </p>
        )}
        <Button type="submit" loading={edit.isPending} disabled={bad}>
          {met ? t('contact.saveAgain') : t('stages.save')}
        </Button>
      </form>
    </Modal>
  )
}

function Met({ met }: { met: Meeting }) {
  const { t } = useTranslation()
  const text = useFieldText()
  return (
    <div role="alert" className={css.met}>
      <b>{t('contact.metTitle')}</b>
      <p>{met.both.length > 0 ? t('contact.metBoth') : t('contact.metNone')}</p>
      {met.both.length > 0 && (
        <ul>
          {met.both.map(({ name, theirs }) => (
            <li key={name}>{t('contact.metTheirs', { field: text(name), value: theirs || '–' })}</li>
          ))}
        </ul>
      )}
      {met.theirs.length > 0 && (
        <p className="caption">{t('contact.metKept', { fields: met.theirs.map(text).join(', ') })}</p>
      )}
    </div>
  )
}

interface PropertiesProps {
  form: Form
  set: (name: FieldName, value: string) => void
  error: (name: string) => string | undefined
}

function Properties({ form, set, error }: PropertiesProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const names = propertyNames(form)
  const add = () => {
    if (name.trim() && !names.includes(name.trim())) set(`property.${name.trim()}`, '')
    setName('')
  }
  return (
    <fieldset className={css.group}>
      <legend>{t('contacts.properties')}</legend>
      <p className="caption">{t('contact.emptyRemoves')}</p>
      <div className={css.fields}>
        {names.map((one) => (
          <TextInput
            key={one}
            label={one}
            value={form[`property.${one}`] ?? ''}
            error={error(one)}
            onChange={(event) => set(`property.${one}`, event.currentTarget.value)}
          />
        ))}
        <TextInput
          label={t('contact.newProperty')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
          rightSection={
            <ActionIcon variant="subtle" color="gray" aria-label={t('contact.addProperty')} onClick={add}>
              <Icon name="plus" size={16} />
            </ActionIcon>
          }
        />
      </div>
    </fieldset>
  )
}
