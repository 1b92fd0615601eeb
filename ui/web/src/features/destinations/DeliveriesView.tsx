import { Button, Modal, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryState, EventDelivery } from '@/api/destinations'
import {
  deliveriesOptions,
  deliveryOptions,
  destinationsKey,
  destinationsOptions,
  replayDelivery,
  replayDestination,
} from '@/api/destinations'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useChange } from '@/components/useChange'
import { Tool } from '@/features/keep/Actions'
import keep from '@/features/keep/Keep.module.css'
import { useMoment } from '@/features/keep/Part'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import css from './Destinations.module.css'
import { Sent } from './Sent'

const route = getRouteApi('/app/settings/destinations/$id')
const STATES: readonly DeliveryState[] = ['waiting', 'sent', 'failed', 'skipped']

/** What was told to one destination, and what became of it. */
export default function DeliveriesView() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const [state, setState] = useState<DeliveryState | ''>('')
  const { data: all } = useQuery(destinationsOptions)
  const destination = all?.items.find((one) => one.id === id)
  const replay = useChange(replayDestination, t('destinations.replayedAll'), [destinationsKey])
  const title = t('destinations.deliveries', { name: destination?.name ?? '' })
  useTitle(title)
  return (
    <Section
      id="deliveries"
      title={title}
      text={t('destinations.deliveriesText')}
      tools={
        destination &&
        destination.failed > 0 && (
          <Tool
            label={t('destinations.replayAll', { count: destination.failed })}
            of=""
            pending={replay.isPending}
            onClick={() => replay.mutate(id)}
          />
        )
      }
    >
      <div className="stack">
        <p>
          <Link to="/settings/destinations">{t('destinations.back')}</Link>
        </p>
        <div className="row">
          <NativeSelect
            label={t('keep.state')}
            data={[
              { value: '', label: t('destinations.everyState') },
              ...STATES.map((one) => ({ value: one, label: t(`destinations.states.${one}`) })),
            ]}
            value={state}
            onChange={({ currentTarget: { value } }) => setState(STATES.find((one) => one === value) ?? '')}
          />
        </div>
        {state && <p className="caption">{t(`destinations.stateAbout.${state}`)}</p>}
        {replay.problem && <p role="alert">{replay.problem}</p>}
        <Deliveries id={id} state={state} />
      </div>
    </Section>
  )
}

function Deliveries({ id, state }: { id: string; state: DeliveryState | '' }) {
  const { t } = useTranslation()
  const moment = useMoment()
  const format = useFormat()
  const query = useInfiniteQuery(deliveriesOptions(id, state))
  if (query.isPending) return <Skeleton height={160} />
  if (!query.data) {
    return <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
  }
  const rows = query.data.pages.flatMap((page) => page.items ?? [])
  if (rows.length === 0) return <p className="muted">{t('destinations.noneYet')}</p>
  const columns: Column<EventDelivery>[] = [
    { id: 'event', header: t('destinations.event'), cell: (d) => t(`destinations.events.${d.event}`) },
    { id: 'state', header: t('keep.state'), cell: (d) => t(`destinations.states.${d.state}`) },
    {
      id: 'contact',
      header: t('destinations.contact'),
      cell: (d) => (
        <Link to="/contacts/$id" params={{ id: d.contact }}>
          {d.contact}
        </Link>
      ),
    },
    { id: 'at', header: t('destinations.at'), numeric: true, cell: (d) => moment(d.created_at) },
    {
      id: 'attempts',
      header: t('destinations.attempts'),
      numeric: true,
      cell: (d) => format.number(d.attempts),
    },
    { id: 'next', header: t('destinations.nextAttempt'), numeric: true, cell: (d) => moment(d.next_at) },
    { id: 'error', header: t('keep.error'), wrap: true, cell: (d) => d.error },
    { id: 'do', header: t('keep.actions'), cell: (d) => <DeliveryTools delivery={d} /> },
  ]
  return (
    <>
      <DataTable label={t('destinations.list')} columns={columns} rows={rows} rowKey={(d) => d.id} />
      {query.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('costs.nextPage')}
          </Button>
        </div>
      )}
    </>
  )
}

function DeliveryTools({ delivery }: { delivery: EventDelivery }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const replay = useChange(replayDelivery, t('destinations.replayed'), [destinationsKey])
  return (
    <div className={keep.actions}>
      <Tool label={t('destinations.look')} of={delivery.id} onClick={() => setOpen(true)} />
      {delivery.state === 'failed' && (
        <Tool
          label={t('destinations.replay')}
          of={delivery.id}
          pending={replay.isPending}
          onClick={() => replay.mutate(delivery.id)}
        />
      )}
      {open && <Detail delivery={delivery} onClose={() => setOpen(false)} />}
    </div>
  )
}

function Detail({ delivery, onClose }: { delivery: EventDelivery; onClose: () => void }) {
  const { t } = useTranslation()
  const moment = useMoment()
  const { data } = useQuery(deliveryOptions(delivery.id))
  const one = data ?? delivery
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t(`destinations.events.${one.event}`)}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <div className="stack">
        <p>
          <b>{t(`destinations.states.${one.state}`)}</b>{' '}
          <span className="caption">{t(`destinations.stateAbout.${one.state}`)}</span>
        </p>
        {one.error && <p className={css.problem}>{one.error}</p>}
        <p className="caption">
          {t('destinations.tried', { count: one.attempts })}
          {one.next_at && ` ${t('destinations.next', { at: moment(one.next_at) })}`}
        </p>
        <Sent request={data?.request ?? null} answer={data?.answer} />
      </div>
    </Modal>
  )
}
