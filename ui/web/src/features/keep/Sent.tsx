import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Alert, Delivery, Digest } from '@/api/keep'
import {
  alertsOptions,
  deliveriesOptions,
  digestsOptions,
  sendDigest,
  editAlert,
  editDigest,
} from '@/api/keep'
import type { Column } from '@/components/DataTable'
import { Change, Remove, Tool } from './Actions'
import { AlertDialog } from './AlertDialog'
import { DigestDialog } from './DigestDialog'
import css from './Keep.module.css'
import { Open, Part, useMoment } from './Part'
import { useFoundWords, useWatched } from './useFoundWords'
import { useKeep } from './useKeep'

const receivers = (to: { emails: string[] | null; webhook: string }) =>
  [...(to.emails ?? []), ...(to.webhook ? [to.webhook] : [])].join(', ')

function DigestTools({ digest }: { digest: Digest }) {
  const { t } = useTranslation()
  const send = useKeep(sendDigest, t('keep.sending', { name: digest.name }))
  const turn = useKeep(editDigest, t(digest.enabled ? 'keep.paused' : 'keep.resumed', { name: digest.name }))
  return (
    <div className={css.actions}>
      <Tool
        label={t('keep.sendNow')}
        of={digest.name}
        pending={send.isPending}
        onClick={() => send.mutate(digest.id)}
      />
      <Tool
        label={t(digest.enabled ? 'keep.pause' : 'keep.resume')}
        of={digest.name}
        pending={turn.isPending}
        onClick={() => turn.mutate({ id: digest.id, body: { enabled: !digest.enabled } })}
      />
      <Change of={digest.name}>
        {(close) => <DigestDialog query={digest.query} kept={digest} onClose={close} />}
      </Change>
      <Remove kind="digest" id={digest.id} name={digest.name} />
    </div>
  )
}

export function Digests() {
  const { t } = useTranslation()
  const moment = useMoment()
  const columns: Column<Digest>[] = [
    {
      id: 'name',
      header: t('keep.name'),
      sort: (d) => d.name,
      cell: (d) => <Open name={d.name} query={d.query} />,
    },
    { id: 'every', header: t('keep.every'), cell: (d) => t(`keep.rhythm.${d.schedule.every}`) },
    { id: 'to', header: t('keep.to'), wrap: true, cell: (d) => receivers(d.target) },
    {
      id: 'next',
      header: t('keep.next'),
      numeric: true,
      cell: (d) => (d.enabled ? moment(d.next_at) : t('keep.isPaused')),
    },
    {
      id: 'last',
      header: t('keep.last'),
      numeric: true,
      wrap: true,
      cell: (d) => d.problem || moment(d.last_at),
    },
    { id: 'do', header: t('keep.actions'), cell: (d) => <DigestTools digest={d} /> },
  ]
  return (
    <Part
      id="digests"
      title={t('keep.digestsTitle')}
      text={t('keep.digestsText')}
      none={t('keep.digestsNone')}
      query={useQuery(digestsOptions)}
      columns={columns}
      rowKey={(d) => d.id}
    />
  )
}

function AlertTools({ alert }: { alert: Alert }) {
  const { t } = useTranslation()
  const turn = useKeep(editAlert, t(alert.enabled ? 'keep.paused' : 'keep.resumed', { name: alert.name }))
  return (
    <div className={css.actions}>
      <Tool
        label={t(alert.enabled ? 'keep.pause' : 'keep.resume')}
        of={alert.name}
        pending={turn.isPending}
        onClick={() => turn.mutate({ id: alert.id, body: { enabled: !alert.enabled } })}
      />
      <Change of={alert.name}>
        {(close) => <AlertDialog query={alert.query} kept={alert} onClose={close} />}
      </Change>
      <Remove kind="alert" id={alert.id} name={alert.name} />
    </div>
  )
}

export function Alerts() {
  const { t } = useTranslation()
  const moment = useMoment()
  const found = useFoundWords()
  const watched = useWatched()
  const state = (a: Alert) => (a.enabled ? (a.firing ? 'firing' : 'calm') : 'paused')
  const columns: Column<Alert>[] = [
    { id: 'name', header: t('keep.name'), sort: (a) => a.name, cell: (a) => a.name },
    {
      id: 'metric',
      header: t('keep.metric'),
      cell: (a) => watched(a),
    },
    { id: 'state', header: t('keep.state'), sort: state, cell: (a) => t(`keep.alertState.${state(a)}`) },
    { id: 'why', header: t('keep.why'), wrap: true, cell: (a) => found(a) },
    { id: 'fired', header: t('keep.fired'), numeric: true, cell: (a) => moment(a.fired_at) },
    { id: 'to', header: t('keep.to'), wrap: true, cell: (a) => receivers(a.target) },
    { id: 'do', header: t('keep.actions'), cell: (a) => <AlertTools alert={a} /> },
  ]
  return (
    <Part
      id="alerts"
      title={t('keep.alertsTitle')}
      text={t('keep.alertsText')}
      none={t('keep.alertsNone')}
      query={useQuery(alertsOptions)}
      columns={columns}
      rowKey={(a) => a.id}
    />
  )
}

export function Deliveries() {
  const { t } = useTranslation()
  const moment = useMoment()
  const columns: Column<Delivery>[] = [
    { id: 'subject', header: t('keep.subject'), wrap: true, cell: (d) => d.subject },
    { id: 'to', header: t('keep.to'), wrap: true, cell: (d) => d.to },
    {
      id: 'state',
      header: t('keep.state'),
      sort: (d) => d.state,
      cell: (d) => t(`keep.deliveryState.${d.state}`),
    },
    { id: 'error', header: t('keep.error'), wrap: true, cell: (d) => d.error || '–' },
    {
      id: 'created',
      header: t('keep.created'),
      numeric: true,
      sort: (d) => d.created_at,
      cell: (d) => moment(d.created_at),
    },
    { id: 'next', header: t('keep.next'), numeric: true, cell: (d) => moment(d.next_at) },
  ]
  return (
    <Part
      id="deliveries"
      title={t('keep.deliveriesTitle')}
      text={t('keep.deliveriesText')}
      none={t('keep.deliveriesNone')}
      query={useQuery(deliveriesOptions)}
      columns={columns}
      rowKey={(d) => d.id}
    />
  )
}
