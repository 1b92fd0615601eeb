import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Destination, Kind } from '@/api/destinations'
import { destinationsKey, testDestination } from '@/api/destinations'
import { useChange } from '@/components/useChange'
import { KeepDialog } from '@/features/keep/KeepDialog'
import css from './Destinations.module.css'
import { Sent } from './Sent'

interface Props {
  kind: Kind
  destination: Destination
  onClose: () => void
}

/** Sends one event now, and shows exactly what was sent and answered. */
export function TestDialog({ kind, destination, onClose }: Props) {
  const { t } = useTranslation()
  const [event, setEvent] = useState(destination.events[0]?.event ?? 'lead')
  const [contact, setContact] = useState('')
  const test = useChange(testDestination, '', [destinationsKey])
  return (
    <KeepDialog
      title={t('destinations.testTitle', { name: destination.name })}
      text={t('destinations.testText')}
      submit={t('destinations.testDo')}
      pending={test.isPending}
      problem={test.problem}
      onSubmit={() => test.mutate({ id: destination.id, contact: contact.trim(), event })}
      onClose={onClose}
    >
      <NativeSelect
        label={t('destinations.event')}
        data={kind.events.map((one) => ({ value: one.event, label: t(`destinations.events.${one.event}`) }))}
        value={event}
        onChange={({ currentTarget: { value } }) =>
          setEvent(kind.events.find((one) => one.event === value)?.event ?? event)
        }
      />
      <TextInput
        label={t('destinations.contact')}
        description={t('destinations.contactHint')}
        placeholder="email:ann@example.com"
        value={contact}
        onChange={({ currentTarget }) => setContact(currentTarget.value)}
      />
      {test.data && (
        <div className="stack" role="status">
          <p className={test.data.ok ? undefined : css.problem}>
            {test.data.ok ? t('destinations.took') : test.data.why || t('destinations.refused')}
          </p>
          <Sent request={test.data.request} answer={test.data.answer} />
        </div>
      )}
    </KeepDialog>
  )
}
