import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { Icon } from '@/components/Icon'
import { Nothing } from '@/components/Nothing'
import { Behind } from '@/features/explain/Behind'
import type { Selection } from '@/features/explain/selection'
import type { Format } from '@/lib/useFormat'
import { useFormat } from '@/lib/useFormat'
import { CellBar } from './CellBar'
import css from './Lifecycle.module.css'
import type { StageRow } from './stageModel'

type Value = number | null | undefined
/** The journeys behind a cell, and how many they are. */
type Journeys = (row: StageRow) => [Selection, Value]

function shown(value: Value, format: (n: number) => string, reason: string): ReactNode {
  return value === null || value === undefined ? <Nothing reason={reason} /> : format(value)
}

function StageName({ row }: { row: StageRow }) {
  const { t } = useTranslation()
  return (
    <>
      {row.emoji ? `${row.emoji} ` : ''}
      {row.name}
      {row.archived && <span className={css.tag}>{t('stage.archived')}</span>}
      {row.stuck && (
        <span className={css.sign} title={t('stage.stuckHint')}>
          <Icon name="pause" size={12} />
          {t('stage.stuck')}
        </span>
      )}
      {row.weakest && !row.stuck && (
        <span className={css.sign} title={t('stage.weakestHint')}>
          <Icon name="weak" size={12} />
          {t('stage.weakest')}
        </span>
      )}
    </>
  )
}

function Reasons({ row }: { row: StageRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (row.reasons.length === 0) {
    return <Nothing reason={row.progress ? t('nothing.noLosses') : t('nothing.onlyProgress')} />
  }
  return row.reasons.map((reason, i) => (
    <span key={reason.name}>
      {i > 0 && ', '}
      {reason.name}{' '}
      <span className="muted">
        <Behind selection={{ outcome: 'lost', origin: row.id, lost_stage: reason.id }} count={reason.count}>
          {format.number(reason.count)}
        </Behind>
      </span>
    </span>
  ))
}

export function useStageColumns(): Column<StageRow>[] {
  const { t } = useTranslation()
  const format: Format = useFormat()
  return useMemo(() => {
    const only = (row: StageRow, reason: string) => (row.progress ? reason : t('nothing.onlyProgress'))
    const numeric = (
      id: string,
      header: string,
      get: (row: StageRow) => Value,
      print: (n: number) => string,
      reason: (row: StageRow) => string,
      journeys: Journeys,
      hint?: string,
    ): Column<StageRow> => ({
      id,
      header,
      hint,
      numeric: true,
      sort: get,
      cell: (row) => {
        const [selection, count] = journeys(row)
        return (
          <Behind selection={selection} count={get(row) === null ? 0 : count}>
            {shown(get(row), print, reason(row))}
          </Behind>
        )
      },
    })
    const none = (key: 'noTimes' | 'noneReached' | 'noneWaiting') => (row: StageRow) =>
      only(row, t(`nothing.${key}`))
    const visited: Journeys = (row) => [{ visited: row.id }, row.visited]
    const reached: Journeys = (row) => [{ reached: row.id }, row.reached]
    const lost: Journeys = (row) => [{ outcome: 'lost', origin: row.id }, row.lost]
    const now: Journeys = (row) => [{ in_stage: row.id }, row.now]
    const time = (id: 'mean' | 'median' | 'p90', header: string) =>
      numeric(
        id,
        header,
        (row) => row.time?.[id],
        format.duration,
        none('noTimes'),
        visited,
        t('stage.timeHint'),
      )
    return [
      { id: 'stage', header: t('stage.name'), cell: (row) => <StageName row={row} /> },
      {
        id: 'reached',
        header: t('stage.reached'),
        hint: t('stage.reachedHint'),
        numeric: true,
        sort: (row) => row.reached,
        cell: (row) => (
          <CellBar part={row.shareOfEntered ?? 0}>
            <Behind selection={{ reached: row.id }} count={row.reached}>
              {format.number(row.reached)}
            </Behind>
          </CellBar>
        ),
      },
      numeric(
        'visited',
        t('stage.visited'),
        (row) => row.visited,
        format.number,
        () => '',
        visited,
        t('stage.visitedHint'),
      ),
      numeric(
        'conversion',
        t('stage.conversion'),
        (row) => row.conversion,
        format.rate,
        (row) => (row.reached === 0 ? t('nothing.noneReached') : t('nothing.lastStage')),
        (row) => [{ reached: row.next?.id }, row.next?.reached],
      ),
      numeric(
        'share',
        t('stage.share'),
        (row) => row.shareOfEntered,
        format.rate,
        () => t('nothing.noneEntered'),
        reached,
      ),
      numeric('dropOff', t('stage.dropOff'), (row) => row.dropOff, format.rate, none('noneReached'), lost),
      numeric('lost', t('stage.lost'), (row) => row.lost, format.number, none('noneReached'), lost),
      numeric(
        'left',
        t('stage.left'),
        (row) => row.left,
        format.number,
        none('noneReached'),
        (row) => [{ outcome: 'left', origin: row.id }, row.left],
        t('stage.leftHint'),
      ),
      numeric('now', t('stage.now'), (row) => row.now, format.number, none('noneReached'), now),
      time('mean', t('stage.timeMean')),
      time('median', t('stage.timeMedian')),
      time('p90', t('stage.timeP90')),
      {
        id: 'reasons',
        header: t('stage.reasons'),
        sort: (row) => row.reasons[0]?.name,
        cell: (row) => <Reasons row={row} />,
      },
      numeric('waiting', t('stage.waiting'), (row) => row.waiting, format.duration, none('noneWaiting'), now),
      numeric(
        'wonLater',
        t('stage.wonLater'),
        (row) => row.wonLater,
        format.rate,
        () => t('nothing.noneReached'),
        (row) => [{ outcome: 'won', reached: row.id }, row.wonLater ? row.reached : 0],
      ),
    ]
  }, [t, format])
}
