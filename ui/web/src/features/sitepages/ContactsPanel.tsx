import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SitePageContact, SitePages } from '@/api/sitePages'
import { sitePageContactsOptions } from '@/api/sitePages'
import { Behind, PersonHead } from '@/features/sources/Behind'
import { rowValue } from '@/features/sources/model'
import css from '@/features/sources/Sources.module.css'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import type { PageColumn, SitePageSearch } from './search'
import { useNames } from './useNames'

interface Props {
  search: SitePageSearch
  column: PageColumn
  row: string
  report: SitePages
  onClose: () => void
}

/** The contacts behind a number, each with the pages that it met. */
export default function ContactsPanel({ search, column, row, report, onClose }: Props) {
  const { t } = useTranslation()
  const names = useNames()
  const name = row === 'total' ? t('table.total') : names.row(report.level, { value: rowValue(row) })
  return (
    <Behind
      title={`${t(`sitePages.column.${column}`)} · ${name}`}
      caption={t('sitePages.behind')}
      query={useInfiniteQuery(sitePageContactsOptions(search, column, row))}
      render={(person) => <Person person={person} report={report} money={column === 'revenue'} />}
      onClose={onClose}
    />
  )
}

function Person({ person, report, money }: { person: SitePageContact; report: SitePages; money: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const paid = useMoney(report.currency)
  return (
    <>
      <PersonHead
        person={person}
        adds={money ? paid(person.amount) : format.number(Math.round(person.credit * 100) / 100)}
      />
      {person.pages.length === 0 && <p className="caption">{t('sitePages.noPages')}</p>}
      <ol className={css.touches}>
        {person.pages.map((seen, i) => (
          <li key={i} data-row={seen.row || undefined}>
            <span>{format.moment(seen.at, report.range.time_zone)}</span>
            <span className={css.page}>
              {seen.page || t('sitePages.none.page')}
              {seen.landing &&
                ` · ${t('sitePages.landed', { source: seen.source || t('filter.none.source') })}`}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}
