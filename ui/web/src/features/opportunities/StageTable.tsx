import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  Opportunities,
  OpportunityFigures,
  OpportunityGroup,
  OpportunityStage,
} from '@/api/opportunities'
import { opportunitiesHref } from '@/api/opportunities'
import { ColumnChooser } from '@/components/ColumnChooser'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { ExportMenu } from '@/components/ExportMenu'
import { Nothing } from '@/components/Nothing'
import { Section } from '@/components/states'
import type { GroupNames } from '@/features/lifecycle/useGroupName'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useShownColumns } from '@/features/views/useShownColumns'
import { useFormat } from '@/lib/useFormat'
import { tooFew } from './model'
import type { OpportunitySearch } from './search'
import { useMoney } from '@/lib/useMoney'

interface Row extends OpportunityFigures {
  key: string
  stage: OpportunityStage
  group?: OpportunityGroup
}

/** Every stage, or every group of every stage, as a table. */
export function StageTable({ report, search }: { report: Opportunities; search: OpportunitySearch }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const columns = useStageColumns(report, useGroupName(search.group_by))
  const rows = useMemo(() => rowsOf(report), [report])
  const { shown, visible, choose } = useShownColumns('opportunities', columns, ['without'])
  const title = t('opportunity.table')
  return (
    <Section
      id="stages"
      title={title}
      text={t('opportunity.tableText')}
      tools={
        <>
          <ColumnChooser title={title} all={columns} shown={shown} onChange={choose} />
          <ExportMenu
            title={title}
            table={box}
            csv={opportunitiesHref(search, 'csv')}
            parquet={opportunitiesHref(search, 'parquet')}
          />
        </>
      }
    >
      <div ref={box}>
        <DataTable label={title} columns={visible} rows={rows} rowKey={(row) => row.key} />
      </div>
    </Section>
  )
}

function rowsOf(report: Opportunities): Row[] {
  return report.stages.flatMap((stage): Row[] =>
    report.group_by
      ? (stage.groups ?? [])
          .filter((group) => group.count > 0)
          .map((group) => ({
            ...group,
            key: `${stage.stage.id}:${group.kind}:${group.group ?? ''}`,
            stage,
            group,
          }))
      : [{ ...stage, key: stage.stage.id, stage }],
  )
}

function useStageColumns(report: Opportunities, nameOf: GroupNames): Column<Row>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const money = useMoney(report.currency)
  return useMemo(() => {
    const { totals } = report
    const about = (id: 'count' | 'value' | 'weighted_value' | 'age_seconds_mean', value: string) => ({
      tells: t(`opportunity.card.${id}.tells`),
      matters: t(`opportunity.card.${id}.matters`),
      example: t(`opportunity.card.${id}.example`, { value, number: totals.count }),
    })
    const none = (reason: string) => <Nothing reason={reason} />
    const group: Column<Row>[] = report.group_by
      ? [
          {
            id: 'group',
            header: t('opportunity.group'),
            sort: (row) => row.group && nameOf(row.group),
            cell: (row) => row.group && nameOf(row.group),
            wrap: true,
          },
        ]
      : []
    const age = totals.age_seconds_mean
    const likely = totals.weighted_value
    return [
      {
        id: 'stage',
        header: t('stage.name'),
        sort: (row) => row.stage.stage.position,
        cell: (row) => `${row.stage.stage.emoji ?? ''} ${row.stage.stage.name}`.trim(),
        total: t('table.total'),
      },
      ...group,
      {
        id: 'count',
        header: t('opportunity.card.count.title'),
        numeric: true,
        about: about('count', format.number(totals.count)),
        sort: (row) => row.count,
        cell: (row) => format.number(row.count),
        total: format.number(totals.count),
      },
      {
        id: 'value',
        header: t('opportunity.card.value.title'),
        numeric: true,
        about: about('value', money(totals.value)),
        sort: (row) => row.value,
        cell: (row) => money(row.value),
        total: money(totals.value),
      },
      {
        id: 'weighted',
        header: t('opportunity.card.weighted_value.title'),
        numeric: true,
        about: about('weighted_value', likely === null ? '–' : money(likely)),
        sort: (row) => row.weighted_value,
        cell: (row) =>
          row.weighted_value === null ? none(t('opportunity.noHistory')) : money(row.weighted_value),
        total: likely === null ? none(t('opportunity.noHistory')) : money(likely),
      },
      {
        id: 'chance',
        header: t('opportunity.chance'),
        hint: t('opportunity.chanceHint'),
        numeric: true,
        sort: (row) => row.stage.conversion.rate,
        cell: (row) => <Chance stage={row.stage} />,
      },
      {
        id: 'age',
        header: t('opportunity.card.age_seconds_mean.title'),
        numeric: true,
        about: about('age_seconds_mean', age === null ? '–' : format.duration(age)),
        sort: (row) => row.age_seconds_mean,
        cell: (row) =>
          row.age_seconds_mean === null
            ? none(t('opportunity.noneThere'))
            : format.duration(row.age_seconds_mean),
        total: age === null ? undefined : format.duration(age),
      },
      {
        id: 'without',
        header: t('opportunity.without'),
        numeric: true,
        sort: (row) => row.without_value,
        cell: (row) => format.number(row.without_value),
        total: format.number(totals.without_value),
      },
    ]
  }, [t, format, money, nameOf, report])
}

/** What share was won of those who were in the stage before, with how sure that is. */
function Chance({ stage }: { stage: OpportunityStage }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { rate, rate_interval: interval, journeys } = stage.conversion
  if (rate === null) return <Nothing reason={t('opportunity.noHistory')} />
  const [low, high] = interval ?? []
  return (
    <span
      title={
        low !== undefined && high !== undefined
          ? t('card.interval', { low: format.rate(low), high: format.rate(high) })
          : undefined
      }
    >
      {format.rate(rate)}
      {tooFew(stage) && <span className="caption"> {t('opportunity.few', { count: journeys })}</span>}
    </span>
  )
}
