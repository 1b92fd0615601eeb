import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { journeysOptions } from '@/api/contacts'
import { stagesOptions } from '@/api/stages'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import css from './Contact.module.css'
import type { JourneyRow } from './model'
import { journeyRows } from './model'

export function Journeys({ id, zone }: { id: string; zone: string }) {
  const { t } = useTranslation()
  const journeys = useQuery(journeysOptions(id))
  const stages = useQuery(stagesOptions)
  const rows = useMemo(
    () => journeyRows(journeys.data?.items ?? [], stages.data?.items ?? []),
    [journeys.data, stages.data],
  )
  return (
    <Section id="journeys" title={t('journey.title')}>
      {journeys.isPending && <Skeleton height={160} />}
      {journeys.isError && (
        <ErrorState
          error={journeys.error}
          kept={t('error.keptPage')}
          onRetry={() => void journeys.refetch()}
        />
      )}
      {journeys.isSuccess && rows.length === 0 && <p className="muted">{t('journey.none')}</p>}
      <ol className={css.list} reversed>
        {rows.map((row) => (
          <li key={row.n}>
            <Journey row={row} zone={zone} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Journey({ row, zone }: { row: JourneyRow; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <div className={css.head}>
        <h3>{t('journey.number', { n: row.n })}</h3>
        <span className={css.outcome} style={{ color: `var(--${row.outcome})` }}>
          <i style={{ background: `var(--${row.outcome})` }} aria-hidden="true" />
          {row.lostStage ? t('journey.lost', { stage: row.lostStage }) : t(`journey.outcome.${row.outcome}`)}
        </span>
        {row.seconds !== null && (
          <span className="muted">{t('journey.after', { time: format.duration(row.seconds) })}</span>
        )}
      </div>
      <p className="caption">
        {t('journey.entered', { at: format.moment(row.enteredAt, zone) })}
        {row.endedAt && ` · ${t('journey.ended', { at: format.moment(row.endedAt, zone) })}`}
        {row.origin && ` · ${t('journey.origin', { stage: row.origin })}`}
        {row.furthest && ` · ${t('journey.furthest', { stage: row.furthest })}`}
      </p>
      {row.visits.length > 0 && (
        <ol className={css.way} aria-label={t('journey.visits')}>
          {row.visits.map((visit) => (
            <li key={visit.key}>
              {visit.name}{' '}
              <span className="muted">
                {visit.seconds !== null ? format.duration(visit.seconds) : visit.open ? t('journey.now') : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
