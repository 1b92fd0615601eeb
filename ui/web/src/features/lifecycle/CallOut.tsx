import { ActionIcon, Popover } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import { Icon } from '@/components/Icon'
import { useFormat } from '@/lib/useFormat'
import css from './CallOut.module.css'
import type { CardRow } from './model'

/** What a figure tells, why it matters, and an example with the numbers on the page. */
export function CallOut({ row, report }: { row: CardRow; report: LifecycleReport }) {
  const { t } = useTranslation()
  const title = t(`card.${row.id}.title`)
  const won = wonName(report) ?? t('outcome.won')
  const wide = useMediaQuery('(min-width: 900px)')
  return (
    <Popover width={320} position={wide ? 'right-start' : 'bottom-end'} trapFocus returnFocus shadow="none">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('card.explain', { figure: title })}>
          <Icon name="help" size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.box} aria-label={title} tabIndex={-1} data-autofocus>
        <dl className={css.lines}>
          <dt>{t('callOut.tells')}</dt>
          <dd>{t(`card.${row.id}.tells`, { won })}</dd>
          <dt>{t('callOut.matters')}</dt>
          <dd>{t(`card.${row.id}.matters`)}</dd>
          <dt>{t('callOut.example')}</dt>
          <dd>
            <Example row={row} report={report} />
          </dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}

function Example({ row, report }: { row: CardRow; report: LifecycleReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const won = wonName(report) ?? t('outcome.won')
  if (row.value === null) return t(`card.${row.id}.nothing`)
  const params = {
    number: format.number(row.count),
    of: format.number(row.of),
    won,
    rate: row.kind === 'rate' ? format.rate(row.value) : '',
    mean: row.kind === 'duration' ? format.duration(row.value) : '',
    median: row.spread?.median == null ? '–' : format.duration(row.spread.median),
  }
  return t(`card.${row.id}.example`, params)
}

function wonName(report: LifecycleReport): string | undefined {
  return report.stages?.find((row) => row.stage.kind === 'won')?.stage.name
}
