import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SourceColumn, SourceContact, Sources } from '@/api/sources'
import { sourceContactsOptions } from '@/api/sources'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import { Behind, PersonHead } from './Behind'
import { columnKey, groupOf, rowValue } from './model'
import type { SourceSearch } from './search'
import css from './Sources.module.css'

interface Props {
  search: SourceSearch
  column: SourceColumn
  row: string
  report: Sources
  onClose: () => void
}

/** The contacts behind a number, each with its touches and what it adds. */
export default function ContactsPanel({ search, column, row, report, onClose }: Props) {
  const { t } = useTranslation()
  const nameOf = useGroupName(report.level)
  const name = row === 'total' ? t('table.total') : nameOf(groupOf({ value: rowValue(row) }))
  return (
    <Behind
      title={`${t(`sources.column.${columnKey(column)}`)} · ${name}`}
      caption={t('sources.behind', { model: t(`sources.model.${report.model}`) })}
      query={useInfiniteQuery(sourceContactsOptions(search, column, row))}
      render={(person) => <Person person={person} report={report} money={column === 'revenue'} />}
      onClose={onClose}
    />
  )
}

function Person({ person, report, money }: { person: SourceContact; report: Sources; money: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const paid = useMoney(report.currency)
  const adds = money ? person.amount : person.credit
  return (
    <>
      <PersonHead
        person={person}
        adds={adds === null ? null : money ? paid(adds) : format.number(Math.round(adds * 100) / 100)}
      />
      {person.touches.length === 0 && <p className="caption">{t('sources.noTouches')}</p>}
      <ol className={css.touches}>
        {person.touches.map((touch, i) => (
          <li key={i} data-row={touch.row || undefined}>
            <span>{format.moment(touch.at, report.range.time_zone)}</span>
            <span>
              {t(`sources.touch.${touch.kind}`)}
              {': '}
              {[touch.source.source, touch.source.sub_source, touch.source.campaign]
                .filter(Boolean)
                .join(' · ') || t('filter.none.source')}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}
