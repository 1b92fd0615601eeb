import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactQuery, ContactSort } from '@/api/contacts'
import { contactsOptions } from '@/api/contacts'
import { sessionOptions } from '@/api/session'
import type { Contact } from '@/api/types'
import { ErrorState, Skeleton } from '@/components/states'
import type { VirtualColumn } from '@/components/VirtualTable'
import { VirtualTable } from '@/components/VirtualTable'
import type { SortableColumn } from '@/features/views/search'
import { DEFAULT_SORT, nextSort } from '@/features/views/search'
import { useCalled } from '@/lib/useCalled'
import { BulkBar } from './BulkBar'
import type { Chosen } from './bulk'
import { isChosen, NOBODY, toggled, withAll } from './bulk'
import { useContactColumns } from './columns'
import css from './Contacts.module.css'

interface Props {
  query: ContactQuery
  columns: string[]
  total: number | undefined
  onSort: (sort: ContactSort) => void
  empty: ReactNode
  /** The static list whose members these are: they can be taken out. */
  list?: string
}

/** Contacts in rows, as many as there are: pages come as the end comes into view. */
export function ContactTable({ query, columns, total, onSort, empty, list }: Props) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(contactsOptions(query))
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const { data: session } = useQuery(sessionOptions)
  const [chosen, setChosen] = useState<Chosen>(NOBODY)
  const sort = query.sort ?? DEFAULT_SORT
  const pick = useCallback((column: SortableColumn) => onSort(nextSort(sort, column)), [onSort, sort])
  const shown = useContactColumns({
    columns,
    sort,
    filtered: Boolean(query.filter),
    zone: session?.workspace.time_zone ?? 'UTC',
    currency: session?.workspace.currency ?? 'EUR',
    onSort: pick,
  })
  const first = useSelectColumn(rows, chosen, setChosen)
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = pages
  const onEnd = useCallback(() => {
    // A page that did not come is asked for by the reader: by itself it would be asked for without end.
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])

  if (pages.isPending) return <Skeleton height={480} />
  if (pages.isError && !pages.data) {
    return <ErrorState error={pages.error} kept={t('error.keptPage')} onRetry={() => void pages.refetch()} />
  }
  if (rows.length === 0) return empty
  return (
    <div className={css.table}>
      <VirtualTable
        label={t('nav.contacts')}
        columns={[first, ...shown]}
        rows={rows}
        rowKey={(row) => row.id}
        selected={(row) => isChosen(chosen, row.id)}
        total={total}
        onEnd={onEnd}
      />
      {pages.isFetchingNextPage && <p className="caption">{t('contacts.fetching')}</p>}
      {isFetchNextPageError && !isFetching && (
        <ErrorState error={pages.error} kept={t('error.keptPage')} onRetry={() => void fetchNextPage()} />
      )}
      <BulkBar
        chosen={chosen}
        query={query}
        total={total}
        list={list}
        onEverybody={() => setChosen({ ids: new Set(), everybody: true })}
        onClear={() => setChosen(NOBODY)}
      />
    </div>
  )
}

function useSelectColumn(
  rows: Contact[],
  chosen: Chosen,
  setChosen: (next: Chosen) => void,
): VirtualColumn<Contact> {
  const { t } = useTranslation()
  const called = useCalled()
  const ids = useMemo(() => rows.map((row) => row.id), [rows])
  const all = ids.length > 0 && ids.every((id) => isChosen(chosen, id))
  return {
    id: 'select',
    width: 44,
    header: (
      <input
        type="checkbox"
        className={css.check}
        aria-label={t('bulk.selectShown')}
        checked={all}
        onChange={() => setChosen(all ? NOBODY : withAll(ids))}
      />
    ),
    cell: (row) => (
      <input
        type="checkbox"
        className={css.check}
        aria-label={t('bulk.select', { name: called(row) })}
        checked={isChosen(chosen, row.id)}
        onChange={() => setChosen(toggled(chosen, row.id, ids))}
      />
    ),
  }
}
