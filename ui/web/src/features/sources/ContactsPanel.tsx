import '@mantine/core/styles/Drawer.css'
import { Button, Drawer } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SourceColumn, SourceContact, Sources } from '@/api/sources'
import { sourceContactsOptions } from '@/api/sources'
import { ErrorState, Skeleton } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import { useMoney } from '@/lib/useMoney'
import { useReturnFocus } from '@/lib/useReturnFocus'
import { columnKey } from './model'
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
  useReturnFocus()
  const query = useInfiniteQuery(sourceContactsOptions(search, column, row))
  const people = query.data?.pages.flatMap((page) => page.items) ?? []
  const name =
    row === 'total' ? t('table.total') : row === 'none' ? t('sources.noValue') : row.replace(/^value:/, '')
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(520px, 100vw)"
      title={`${t(`sources.column.${columnKey(column)}`)} · ${name}`}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': t('explain.close') }}
    >
      <p className="caption">{t('sources.behind', { model: t(`sources.model.${report.model}`) })}</p>
      {query.isPending && <Skeleton height={420} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && people.length === 0 && <p className="muted">{t('sources.nobody')}</p>}
      <ol className={css.people}>
        {people.map((person) => (
          <Person key={person.id} person={person} report={report} money={column === 'revenue'} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('explain.more')}
        </Button>
      )}
    </Drawer>
  )
}

function Person({ person, report, money }: { person: SourceContact; report: Sources; money: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const paid = useMoney(report.currency)
  const adds = money ? person.amount : person.credit
  return (
    <li className={css.person}>
      <header>
        <Link to="/contacts/$id" params={{ id: person.id }}>
          {person.name ?? person.external_id ?? person.id}
        </Link>
        {adds !== null && (
          <span>
            {t('sources.adds', { value: money ? paid(adds) : format.number(Math.round(adds * 100) / 100) })}
          </span>
        )}
      </header>
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
                .join(' · ') || t('sources.noValue')}
            </span>
          </li>
        ))}
      </ol>
    </li>
  )
}
