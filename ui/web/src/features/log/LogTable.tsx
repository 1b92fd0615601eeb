import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LoggedChange } from '@/api/types'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { StageTag } from '@/components/StageTag'
import { useFormat } from '@/lib/useFormat'
import css from './Log.module.css'
import { ACTORS } from './search'

/** Later than this after its own date, a change is told to have come late. */
const LATE_MS = 24 * 3_600_000

/** Changes, newest first: whose, from where to where, when, by whom, and whether reports count them. */
export function LogTable({ rows, zone, label }: { rows: LoggedChange[]; zone: string; label: string }) {
  const columns = useLogColumns(zone)
  return <DataTable label={label} columns={columns} rows={rows} rowKey={(row) => String(row.seq)} />
}

function useLogColumns(zone: string): Column<LoggedChange>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'contact',
        header: t('log.contact'),
        cell: (row) => (
          <Link to="/contacts/$id" params={{ id: row.contact_id }}>
            {row.name || t('contacts.unnamed')}
          </Link>
        ),
      },
      { id: 'move', header: t('log.move'), cell: (row) => <Move row={row} /> },
      {
        id: 'at',
        header: t('log.at', { zone }),
        numeric: true,
        cell: (row) => <When row={row} zone={zone} />,
      },
      { id: 'by', header: t('log.by'), wrap: true, cell: (row) => <By row={row} /> },
      {
        id: 'counted',
        header: t('log.inReports'),
        hint: t('log.countedHint'),
        cell: (row) =>
          row.recorded ? (
            t('log.recorded')
          ) : (
            <span className={css.silent} title={t('log.countedHint')}>
              {t('log.notRecorded')}
            </span>
          ),
      },
      {
        id: 'note',
        header: t('log.note'),
        wrap: true,
        cell: (row) => row.note || <Nothing reason={t('log.noNote')} />,
      },
    ],
    [t, zone],
  )
}

function Move({ row }: { row: LoggedChange }) {
  const { t } = useTranslation()
  return (
    <span className={css.move}>
      {row.from ? <StageTag stage={row.from} /> : <span className="muted">{t('log.nowhere')}</span>}
      <span aria-hidden="true">→</span>
      <span className="sr-only">{t('log.to')}</span>
      {row.to ? <StageTag stage={row.to} /> : <span className="muted">{t('log.nowhere')}</span>}
    </span>
  )
}

function When({ row, zone }: { row: LoggedChange; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const late = Date.parse(row.arrived_at) - Date.parse(row.at) > LATE_MS
  return (
    <>
      {format.moment(row.at, zone)}
      {late && (
        <span className={`caption ${css.late}`}>
          {t('log.arrived', { at: format.moment(row.arrived_at, zone) })}
        </span>
      )}
    </>
  )
}

function By({ row }: { row: LoggedChange }) {
  const { t } = useTranslation()
  const kind = ACTORS.find((one) => one === row.actor.kind)
  const how = kind ? t(`actor.${kind}`) : row.actor.kind
  if (!row.actor.name) return how
  return (
    <>
      {row.actor.name} <span className="muted">· {how}</span>
    </>
  )
}
