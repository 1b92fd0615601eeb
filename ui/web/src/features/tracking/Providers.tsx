import { PasswordInput, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesOptions } from '@/api/stages'
import type { Provider, ProviderName } from '@/api/tracking'
import { providersOptions, setProvider } from '@/api/tracking'
import { Copyable } from '@/components/Copyable'
import type { Column } from '@/components/DataTable'
import { Change } from '@/features/keep/Actions'
import { KeepDialog } from '@/features/keep/KeepDialog'
import { Part, useMoment } from '@/features/keep/Part'
import { hookAddress, parseStages, writeStages } from './model'
import { useSave } from './useSave'

/** As they write themselves. */
const NAMES: Record<string, string> = {
  hubspot: 'HubSpot',
  pipedrive: 'Pipedrive',
  salesforce: 'Salesforce',
  tiktok: 'TikTok',
  twilio: 'Twilio',
  whatsapp: 'WhatsApp',
}
const CRMS = ['hubspot', 'pipedrive', 'salesforce']

/** Services that call by themselves: calls, chats, deals. */
export function Providers() {
  const { t } = useTranslation()
  const moment = useMoment()
  const query = useQuery({ ...providersOptions, select: ({ items }) => ({ items: items ?? [] }) })
  const columns: Column<Provider>[] = [
    { id: 'name', header: t('keep.name'), cell: (p) => NAMES[p.provider] },
    { id: 'what', header: t('tracking.brings'), cell: (p) => t(`tracking.bringsWhat.${kind(p)}`) },
    { id: 'state', header: t('keep.state'), cell: (p) => t(p.ready ? 'tracking.on' : 'tracking.off') },
    { id: 'last', header: t('tracking.lastCall'), numeric: true, cell: (p) => moment(p.last_at) },
    { id: 'problem', header: t('keep.error'), wrap: true, cell: (p) => p.problem },
    { id: 'do', header: t('keep.actions'), cell: (p) => <Set provider={p} /> },
  ]
  return (
    <Part
      id="providers"
      title={t('tracking.providers')}
      text={t('tracking.providersText')}
      none=""
      query={query}
      columns={columns}
      rowKey={(p) => p.provider}
    />
  )
}

const kind = ({ provider }: Provider) =>
  CRMS.includes(provider) ? 'deals' : provider === 'twilio' ? 'calls' : 'chats'

function Set({ provider }: { provider: Provider }) {
  return (
    <Change of={NAMES[provider.provider] ?? ''}>
      {(close) => <ProviderDialog provider={provider} onClose={close} />}
    </Change>
  )
}

function ProviderDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { t } = useTranslation()
  const { data: all } = useQuery(stagesOptions)
  const keyOf = (id: string) => all?.items?.find((stage) => stage.id === id)?.key ?? id
  const [secret, setSecret] = useState('')
  const [stages, setStages] = useState(() => writeStages(provider.stages, keyOf))
  const crm = CRMS.includes(provider.provider)
  const save = useSave(setProvider, t('tracking.saved'), onClose)
  const body = { ...(secret && { secret }), ...(crm && { stages: parseStages(stages) }) }
  return (
    <KeepDialog
      title={NAMES[provider.provider] ?? ''}
      text={t(`tracking.secretOf.${provider.provider as ProviderName}`)}
      submit={t('tracking.save')}
      pending={save.isPending}
      problem={save.problem}
      onSubmit={() => save.mutate({ provider: provider.provider as ProviderName, body })}
      onClose={onClose}
    >
      <div>
        <p className="caption">{t('tracking.address')}</p>
        <Copyable text={hookAddress(window.location.origin, provider.provider, 'tmk_…')} />
      </div>
      <PasswordInput
        label={t('tracking.secret')}
        description={provider.ready ? t('tracking.secretKept') : undefined}
        autoComplete="off"
        data-autofocus
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      {crm && (
        <Textarea
          label={t('tracking.stages')}
          description={t('tracking.stagesHint')}
          autosize
          minRows={3}
          value={stages}
          onChange={(event) => setStages(event.currentTarget.value)}
        />
      )}
    </KeepDialog>
  )
}
