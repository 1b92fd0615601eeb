import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Destination, EventChoice, Kind } from '@/api/destinations'
import { destinationsOptions, kindsOptions } from '@/api/destinations'
import { allStagesOptions } from '@/api/stages'
import type { Column } from '@/components/DataTable'
import { Section } from '@/components/states'
import { Part, useMoment } from '@/features/keep/Part'
import { useFormat } from '@/lib/useFormat'
import { useMay } from '@/lib/useMay'
import { useTitle } from '@/lib/useTitle'
import { DestinationDialog } from './DestinationDialog'
import css from './Destinations.module.css'
import { DestinationTools } from './DestinationTools'
import { KIND_NAMES, stageNames, stateOf } from './model'

/** Where what contacts do is told. */
export default function DestinationsView() {
  const { t } = useTranslation()
  const admin = useMay('admin')
  useTitle(t('destinations.title'))
  if (!admin) return <p className="muted">{t('settings.adminsOnly')}</p>
  return (
    <div className={css.sections}>
      <Known />
      <Kinds />
    </div>
  )
}

function Known() {
  const { t } = useTranslation()
  const moment = useMoment()
  const format = useFormat()
  const count = (id: 'waiting' | 'sent' | 'failed' | 'skipped'): Column<Destination> => ({
    id,
    header: t(`destinations.states.${id}`),
    hint: t(`destinations.stateAbout.${id}`),
    numeric: true,
    cell: (d) => format.number(d[id]),
  })
  const columns: Column<Destination>[] = [
    {
      id: 'name',
      header: t('keep.name'),
      cell: (d) => (
        <>
          <Link to="/settings/destinations/$id" params={{ id: d.id }}>
            {d.name}
          </Link>
          <div className="caption">{KIND_NAMES[d.kind]}</div>
        </>
      ),
    },
    {
      id: 'state',
      header: t('keep.state'),
      cell: (d) => (
        <span className={stateOf(d) === 'failing' ? css.failing : undefined}>
          {t(`destinations.state.${stateOf(d)}`)}
        </span>
      ),
    },
    { id: 'what', header: t('destinations.what'), wrap: true, cell: (d) => <Told events={d.events} /> },
    count('waiting'),
    count('sent'),
    count('failed'),
    count('skipped'),
    { id: 'last', header: t('keep.last'), numeric: true, cell: (d) => moment(d.last_at) },
    { id: 'do', header: t('keep.actions'), cell: (d) => <DestinationTools destination={d} /> },
  ]
  return (
    <Part
      id="destinations"
      title={t('destinations.title')}
      text={t('destinations.text')}
      none={t('destinations.none')}
      query={useQuery({ ...destinationsOptions, select: ({ items }) => ({ items: items ?? [] }) })}
      columns={columns}
      rowKey={(d) => d.id}
    />
  )
}

/** What is told, with every stage that is meant. */
function Told({ events }: { events: EventChoice[] }) {
  const { t } = useTranslation()
  const { data: stages } = useQuery(allStagesOptions)
  return (
    <ul className={css.told}>
      {events.map(({ event, stages: of }) => (
        <li key={event}>
          {t(`destinations.events.${event}`)}
          {event === 'stage' && (
            <span className="caption">
              {' '}
              {of?.length ? stageNames(stages?.items ?? [], of).join(', ') : t('destinations.everyStage')}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Kinds() {
  const { t } = useTranslation()
  const { data: kinds } = useQuery(kindsOptions)
  const [kind, setKind] = useState<Kind>()
  return (
    <Section id="add" title={t('destinations.add')}>
      <div className={css.kinds}>
        {kinds?.items.map((one) => (
          <button key={one.kind} type="button" className={css.kind} onClick={() => setKind(one)}>
            <b>{KIND_NAMES[one.kind]}</b>
            <br />
            <span className="caption">{t(`destinations.kinds.${one.kind}`)}</span>
          </button>
        ))}
      </div>
      {kind && <DestinationDialog kind={kind} onClose={() => setKind(undefined)} />}
    </Section>
  )
}
