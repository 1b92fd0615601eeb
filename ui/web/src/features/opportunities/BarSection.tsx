import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { usePalette } from '@/charts/palette'
import type { Opportunities } from '@/api/opportunities'
import { Choices } from '@/components/Choices'
import { Section } from '@/components/states'
import type { GroupNames } from '@/features/lifecycle/useGroupName'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import type { Bar } from './model'
import { bars } from './model'
import css from './Opportunities.module.css'
import type { Measure, OpportunitySearch } from './search'
import { MEASURES } from './search'
import { useMoney } from '@/lib/useMoney'

interface Props {
  report: Opportunities
  search: OpportunitySearch
  onChange: (next: OpportunitySearch) => void
}

/** A bar for each stage, in the parts of its groups. */
export function BarSection({ report, search, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const money = useMoney(report.currency)
  const measure: Measure = search.measure ?? (report.totals.value > 0 ? 'value' : 'count')
  const show = measure === 'count' ? format.number : money
  const rows = bars(report, measure)
  const colors = useColors(report)
  const nameOf = useGroupName(search.group_by)
  const most = Math.max(1, ...rows.map((row) => row.total))
  return (
    <Section
      id="by-stage"
      title={t('opportunity.byStage')}
      text={t('opportunity.byStageText')}
      tools={
        <Choices
          label={t('opportunity.measure')}
          options={MEASURES.map((value) => ({ value, label: t(`opportunity.measures.${value}`) }))}
          value={measure}
          onPick={(next) => onChange({ ...search, measure: next })}
        />
      }
    >
      <ul className={css.bars} aria-label={t('opportunity.byStage')}>
        {rows.map((row) => (
          <BarRow
            key={row.stage.stage.id}
            row={row}
            most={most}
            show={show}
            colors={colors}
            nameOf={nameOf}
          />
        ))}
      </ul>
      {report.groups && (
        <ul className={css.legend} aria-label={t('opportunity.groups')}>
          {report.groups.map((group) => (
            <li key={`${group.kind}:${group.group ?? ''}`}>
              <i style={{ background: colors.get(`${group.kind}:${group.group ?? ''}`) }} />
              {nameOf(group)} <span className="muted">{show(group[measure] ?? 0)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** The colours of the groups, in their fixed order. */
function useColors(report: Opportunities): Map<string, string> {
  const palette = usePalette()
  return new Map(
    (report.groups ?? []).map((group, i) => [
      `${group.kind}:${group.group ?? ''}`,
      group.kind === 'value' ? (palette.groups[i % palette.groups.length] ?? palette.accent) : palette.left,
    ]),
  )
}

interface RowProps {
  row: Bar
  most: number
  show: (value: number) => string
  colors: Map<string, string>
  nameOf: GroupNames
}

function BarRow({ row, most, show, colors, nameOf }: RowProps) {
  const { t } = useTranslation()
  const { stage } = row.stage
  const parts = row.parts.map((part) => `${nameOf(part.group)} ${show(part.value)}`).join(', ')
  return (
    <li className={css.row}>
      <span className={css.name}>
        {stage.emoji ? `${stage.emoji} ` : ''}
        {stage.name}
      </span>
      <span className={css.track} title={parts || undefined}>
        {(row.parts.length > 0 ? row.parts : [{ key: 'all', value: row.total }]).map((part) => (
          <span
            key={part.key}
            className={css.part}
            style={
              { '--share': `${(part.value / most) * 100}%`, '--color': colors.get(part.key) } as CSSProperties
            }
          />
        ))}
      </span>
      <span className={css.number}>
        {show(row.total)}
        <span className="sr-only">{parts && t('opportunity.ofThem', { parts })}</span>
      </span>
    </li>
  )
}
