import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { Icon } from '@/components/Icon'
import { Nothing } from '@/components/Nothing'
import type { Format } from '@/lib/useFormat'
import { useFormat } from '@/lib/useFormat'
import { CellBar } from './CellBar'
import css from './Lifecycle.module.css'
import type { StageRow } from './stageModel'

type Value = number | null | undefined

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
      {reason.name} <span className="muted">{format.number(reason.count)}</span>
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
      hint?: string,
    ): Column<StageRow> => ({
      id,
      header,
      hint,
      numeric: true,
      sort: get,
      cell: (row) => shown(get(row), print, reason(row)),
    })
    const none = (key: 'noTimes' | 'noneReached' | 'noneWaiting') => (row: StageRow) =>
      only(row, t(`nothing.${key}`))
    const time = (id: 'mean' | 'median' | 'p90', header: string) =>
      numeric(id, header, (row) => row.time?.[id], format.duration, none('noTimes'), t('stage.timeHint'))
    return [
      { id: 'stage', header: t('stage.name'), cell: (row) => <StageName row={row} /> },
      {
        id: 'reached',
        header: t('stage.reached'),
        hint: t('stage.reachedHint'),
        numeric: true,
        sort: (row) => row.reached,
        cell: (row) => <CellBar part={row.shareOfEntered ?? 0}>{format.number(row.reached)}</CellBar>,
      },
      numeric(
        'visited',
        t('stage.visited'),
        (row) => row.visited,
        format.number,
        () => '',
        t('stage.visitedHint'),
      ),
      numeric(
        'conversion',
        t('stage.conversion'),
        (row) => row.conversion,
        format.rate,
        (row) => (row.reached === 0 ? t('nothing.noneReached') : t('nothing.lastStage')),
      ),
      numeric(
        'share',
        t('stage.share'),
        (row) => row.shareOfEntered,
        format.rate,
        () => t('nothing.noneEntered'),
      ),
      numeric('dropOff', t('stage.dropOff'), (row) => row.dropOff, format.rate, none('noneReached')),
      numeric('lost', t('stage.lost'), (row) => row.lost, format.number, none('noneReached')),
      numeric(
        'left',
        t('stage.left'),
        (row) => row.left,
        format.number,
        none('noneReached'),
        t('stage.leftHint'),
      ),
      numeric('now', t('stage.now'), (row) => row.now, format.number, none('noneReached')),
      time('mean', t('stage.timeMean')),
      time('median', t('stage.timeMedian')),
      time('p90', t('stage.timeP90')),
      {
        id: 'reasons',
        header: t('stage.reasons'),
        sort: (row) => row.reasons[0]?.name,
        cell: (row) => <Reasons row={row} />,
      },
      numeric('waiting', t('stage.waiting'), (row) => row.waiting, format.duration, none('noneWaiting')),
      numeric(
        'wonLater',
        t('stage.wonLater'),
        (row) => row.wonLater,
        format.rate,
        () => t('nothing.noneReached'),
      ),
    ]
  }, [t, format])
}
