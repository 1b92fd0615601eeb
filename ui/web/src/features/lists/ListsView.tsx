import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listsOptions } from '@/api/lists'
import { sessionOptions } from '@/api/session'
import type { ContactList } from '@/api/types'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { EmptyState, ErrorState, Skeleton } from '@/components/states'
import { Meaning } from '@/features/contacts/FilterLine'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import { ListDialog } from './ListDialog'

export default function ListsView() {
  const { t } = useTranslation()
  const query = useQuery(listsOptions)
  const [adding, setAdding] = useState(false)
  const columns = useListColumns()
  useTitle(t('nav.lists'))
  const lists = query.data?.items ?? []
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('nav.lists')}</h1>
          <p className="lede">{t('lists.lede')}</p>
        </div>
        {lists.length > 0 && <Button onClick={() => setAdding(true)}>{t('lists.add')}</Button>}
      </header>
      {query.isPending && <Skeleton height={240} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && lists.length === 0 && (
        <EmptyState title={t('lists.emptyTitle')} text={t('lists.emptyText')}>
          <Button onClick={() => setAdding(true)}>{t('lists.add')}</Button>
        </EmptyState>
      )}
      {lists.length > 0 && (
        <DataTable label={t('nav.lists')} columns={columns} rows={lists} rowKey={(list) => list.id} />
      )}
      {adding && <ListDialog list={null} onClose={() => setAdding(false)} />}
    </div>
  )
}

function useListColumns(): Column<ContactList>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: session } = useQuery(sessionOptions)
  const zone = session?.workspace.time_zone ?? 'UTC'
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('lists.name'),
        sort: (list) => list.name,
        cell: (list) => (
          <Link to="/lists/$id" params={{ id: list.id }}>
            {list.name}
          </Link>
        ),
      },
      {
        id: 'kind',
        header: t('lists.kind'),
        sort: (list) => list.kind,
        cell: (list) => (list.kind === 'smart' ? t('lists.smart') : t('lists.static')),
      },
      {
        id: 'members',
        header: t('lists.members'),
        numeric: true,
        sort: (list) => list.members,
        cell: (list) => format.number(list.members),
      },
      {
        id: 'rule',
        header: t('lists.rule'),
        wrap: true,
        cell: (list) => (list.kind === 'smart' ? <Meaning filter={list.filter} /> : t('lists.byHand')),
      },
      {
        id: 'created',
        header: t('contacts.created', { zone }),
        numeric: true,
        sort: (list) => list.created_at,
        cell: (list) => format.moment(list.created_at, zone),
      },
    ],
    [t, format, zone],
  )
}
