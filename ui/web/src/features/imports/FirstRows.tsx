import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Nothing } from '@/components/Nothing'
import { Section } from '@/components/states'
import type { Stage } from '@/api/types'
import type { Sample } from './csv'
import type { ColumnChoice, Field } from './model'
import { joined, meant } from './model'

const SHOWN = 5

/** The first rows of the file as they will be read: only the columns that mean something, under their meaning. */
export function FirstRows({
  sample,
  choices,
  stages,
}: {
  sample: Sample
  choices: ColumnChoice[]
  stages: Stage[]
}) {
  const { t } = useTranslation()
  const rows = useMemo(
    () => sample.rows.slice(0, SHOWN).map((cells, i) => ({ line: i + 1, cells })),
    [sample],
  )
  const columns = useMemo(() => {
    const headOf = ({ property, column, atStage }: ColumnChoice, field: Field) => {
      if (field === 'property') return property || column
      const dated = stages.find((stage) => stage.key === atStage)
      return dated ? t('import.dateOf', { stage: dated.name }) : t(`field.${field}`)
    }
    return meant(choices).map(({ choice, at, field }): Column<(typeof rows)[number]> => ({
      id: choice.column,
      header: headOf(choice, field),
      hint: choice.column,
      cell: (row) => joined(row.cells, at) || <Nothing reason={t('import.emptyCell')} />,
    }))
  }, [choices, stages, t])
  if (columns.length === 0) return null
  return (
    <Section id="first-rows" title={t('import.firstRows')} text={t('import.firstRowsText')}>
      <DataTable
        label={t('import.firstRows')}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.line)}
        snug
      />
    </Section>
  )
}
