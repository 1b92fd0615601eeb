import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Destination, Kind, Setting } from '@/api/destinations'
import { addDestination, destinationsKey, editDestination } from '@/api/destinations'
import { allStagesOptions } from '@/api/stages'
import { isApiError } from '@/api/problem'
import type { FieldError } from '@/api/types'
import { Secret } from '@/components/Secret'
import { useChange } from '@/components/useChange'
import { useProblem } from '@/components/useProblem'
import { KeepDialog, Once } from '@/features/keep/KeepDialog'
import css from './Destinations.module.css'
import { EventChoices } from './EventChoices'
import { Mapping } from './Mapping'
import type { Draft } from './model'
import { draftOf, inputOf, isComplete, KIND_NAMES, settingName } from './model'
import { Preview } from './Preview'

interface Props {
  kind: Kind
  kept?: Destination
  onClose: () => void
}

/** One destination: where to, what of, and how it will look. */
export function DestinationDialog({ kind, kept, onClose }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>(() => draftOf(kind, kept))
  const add = useChange(addDestination, t('destinations.added'), [destinationsKey])
  const edit = useChange(editDestination, t('tracking.saved'), [destinationsKey])
  const save = kept ? edit : add
  const problem = useProblem()
  const place = placeless(save.error)
  const { data: stages } = useQuery(allStagesOptions)
  const body = inputOf(kind, draft)
  const done = save.data
  if (done?.secret || done?.file_url) return <Ready destination={done} onClose={onClose} />
  return (
    <KeepDialog
      title={kept ? kept.name : KIND_NAMES[kind.kind]}
      text={t(`destinations.about.${kind.kind}`)}
      submit={t('tracking.save')}
      pending={save.isPending}
      problem={place ? `${place.location.replace('body.', '')}: ${problem.wrong(place)}` : save.problem}
      onSubmit={() => {
        const then = { onSuccess: (made: Destination) => !made.secret && !made.file_url && onClose() }
        if (kept) edit.mutate({ id: kept.id, body }, then)
        else add.mutate({ ...body, kind: kind.kind }, then)
      }}
      onClose={onClose}
    >
      <TextInput
        label={t('keep.name')}
        data-autofocus
        maxLength={200}
        value={draft.name}
        error={save.fault('name')}
        onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
      />
      {kind.fields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          kept={kept?.secrets.includes(field.name) ?? false}
          value={draft.values[field.name] ?? ''}
          error={save.fault(`${field.secret ? 'secrets' : 'settings'}.${field.name}`)}
          onChange={(value) => setDraft({ ...draft, values: { ...draft.values, [field.name]: value } })}
        />
      ))}
      <EventChoices
        kind={kind}
        events={draft.events}
        stages={stages?.items ?? []}
        onChange={(events) => setDraft({ ...draft, events })}
      />
      {kind.maps && (
        <Mapping mapping={draft.mapping} onChange={(mapping) => setDraft({ ...draft, mapping })} />
      )}
      <p className="caption">{t('destinations.consent')}</p>
      {isComplete(kind, draft, kept) ? (
        <Preview id={kept?.id} draft={{ ...body, kind: kind.kind }} events={draft.events} />
      ) : (
        <p className="caption">{t('destinations.previewLater')}</p>
      )}
    </KeepDialog>
  )
}

/** What is wrong at a place that has no field of its own here. */
function placeless(error: unknown): FieldError | undefined {
  if (!isApiError(error)) return undefined
  return error.fields.find((one) => /^body\.(events|mapping)/.test(one.location))
}

interface FieldProps {
  field: Setting
  kept: boolean
  value: string
  error?: string
  onChange: (value: string) => void
}

function SettingField({ field, kept, value, error, onChange }: FieldProps) {
  const { t } = useTranslation()
  const known = settingName(field.name)
  const shared = {
    label: known ? t(`destinations.settings.${known}`) : field.name,
    value,
    error,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  if (field.choices.length > 0) return <NativeSelect {...shared} data={field.choices} />
  if (!field.secret) return <TextInput {...shared} placeholder={field.example} autoComplete="off" />
  const hint = kept ? t('tracking.secretKept') : field.made ? t('destinations.made') : undefined
  return <PasswordInput {...shared} description={hint} placeholder={field.example} autoComplete="off" />
}

/** The secret that the server made, and the address of the file to fetch. */
function Ready({ destination, onClose }: { destination: Destination; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Once label={t('destinations.added')} onClose={onClose}>
      {destination.file_url && (
        <>
          <p>{t('destinations.fetch')}</p>
          <Secret text={destination.file_url} />
          <Secret text={destination.id} />
        </>
      )}
      {destination.secret && (
        <>
          <p>{t('destinations.secretOnce')}</p>
          <Secret text={destination.secret} />
        </>
      )}
      {!destination.secret && <p className={css.set}>{t('tracking.secretKept')}</p>}
    </Once>
  )
}
