import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { fileHref } from '@/api/query'
import { tableOptions } from '@/api/tables'
import type { CurveTest } from '@/api/types'
import { Chart } from '@/charts/Chart'
import chartCss from '@/charts/Chart.module.css'
import { ChartSection } from '@/charts/ChartSection'
import { usePalette } from '@/charts/palette'
import { Choices } from '@/components/Choices'
import { ErrorState, Skeleton } from '@/components/states'
import { writeSelection } from '@/features/explain/selection'
import type { ReportSearch } from '@/features/lifecycle/search'
import { CurveTable } from './CurveTable'
import type { Curve, Exit } from './model'
import { curves, longest } from './model'
import { curveColor, curveOption, thin } from './option'
import { useCurveWords } from './useCurveWords'

interface Props {
  search: ReportSearch
  onChange: (next: ReportSearch) => void
}

/** How many were won and lost by each day since their entry, and whether groups differ. */
export function CurvesSection({ search, onChange }: Props) {
  const { t } = useTranslation()
  const query = useQuery(tableOptions('incidence', search))
  const all = useMemo(() => curves(query.data?.items ?? []), [query.data])
  const exit = search.exit ?? 'won'
  if (query.isError && !query.data) {
    return (
      <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
    )
  }
  if (!query.data) return <Skeleton height={420} />
  if (all.length === 0) return null
  const picked = (one: Exit | undefined) => onChange({ ...search, exit: one })
  return (
    <Curves
      all={all}
      tests={query.data.tests ?? []}
      exit={exit}
      search={search}
      onExit={picked}
      onChange={onChange}
    />
  )
}

interface CurvesProps extends Props {
  all: Curve[]
  tests: CurveTest[]
  exit: Exit
  onExit: (exit: Exit | undefined) => void
}

function Curves({ all, tests, exit, search, onExit, onChange }: CurvesProps) {
  const { t } = useTranslation()
  const palette = usePalette()
  const words = useCurveWords(all, tests, exit, search.group_by)
  const grouped = all.some((curve) => curve.group)
  const option = useMemo(() => curveOption(all, exit, palette, words.forChart), [all, exit, palette, words])
  return (
    <ChartSection
      id="incidence"
      title={t('curves.title')}
      text={words.text}
      about={words.about}
      csv={fileHref('incidence', search)}
      parquet={fileHref('incidence', search, 'parquet')}
      controls={grouped && <ExitChoice exit={exit} onExit={onExit} label={t('curves.exit')} />}
      table={() => <CurveTable all={all} nameOf={words.groupName} />}
      chart={(drawing) => (
        <figure>
          <Chart
            label={words.text}
            option={option}
            height={280}
            drawing={drawing}
            onPick={() => onChange({ ...search, explain: writeSelection({ outcome: exit }) })}
          />
          <figcaption className={`caption ${chartCss.key}`}>
            {grouped &&
              all.map((curve, i) => (
                <span key={curve.key}>
                  <i style={{ background: curveColor(curve, i, exit, palette) }} />
                  {words.groupName(curve.group)}
                </span>
              ))}
            {all.length <= 3 && (
              <span>
                <i data-shape="band" style={{ background: palette[exit] }} />
                {t('chart.band')}
              </span>
            )}
            {thin(all, longest(all) + 1).includes(true) && (
              <span>
                <i data-shape="hatch" />
                {t('curves.thin')}
              </span>
            )}
            <span>{t('curves.axis')}</span>
          </figcaption>
        </figure>
      )}
    />
  )
}

export function ExitChoice(props: { exit: Exit; onExit: (exit: Exit | undefined) => void; label: string }) {
  const { t } = useTranslation()
  return (
    <Choices
      label={props.label}
      value={props.exit}
      options={(['won', 'lost'] as const).map((value) => ({ value, label: t(`explain.outcome.${value}`) }))}
      onPick={(value) => props.onExit(value === 'won' ? undefined : value)}
    />
  )
}
