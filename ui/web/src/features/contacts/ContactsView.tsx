import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contactsOptions } from '@/api/contacts'
import { sessionOptions } from '@/api/session'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { Icon } from '@/components/Icon'
import { Nothing } from '@/components/Nothing'
import { StageTag } from '@/components/StageTag'
import { EmptyState, ErrorState, Skeleton } from '@/components/states'
import { SEARCH_ID } from '@/features/shell/useShortcuts'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import type { ContactRow } from './model'
import { contactRows } from './model'

const route = getRouteApi('/app/contacts')

export default function ContactsView() {
  const { t } = useTranslation()
  const { q = '' } = route.useSearch()
  const query = useInfiniteQuery(contactsOptions(q))
  const rows = useMemo(() => contactRows(query.data?.pages.flatMap((page) => page.items) ?? []), [query.data])
  const columns = useContactColumns()
  useTitle(t('nav.contacts'))

  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('nav.contacts')}</h1>
        <SearchBox initial={q} />
      </header>
      {query.isPending && <Skeleton height={420} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && <NoContacts q={q} />}
      {rows.length > 0 && (
        <DataTable label={t('nav.contacts')} columns={columns} rows={rows} rowKey={(row) => row.id} />
      )}
      {query.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('contacts.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function SearchBox({ initial }: { initial: string }) {
  const { t } = useTranslation()
  const navigate = route.useNavigate()
  const [text, setText] = useState(initial)
  const apply = useDebouncedCallback(
    (q: string) => void navigate({ search: { q: q || undefined }, replace: true }),
    250,
  )
  return (
    <TextInput
      id={SEARCH_ID}
      type="search"
      w={{ base: '100%', xs: 320 }}
      aria-label={t('contacts.search')}
      placeholder={t('contacts.search')}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        apply(event.currentTarget.value.trim())
      }}
    />
  )
}

function NoContacts({ q }: { q: string }) {
  const { t } = useTranslation()
  if (q) return <EmptyState title={t('contacts.noneFound', { q })} text={t('contacts.noneFoundText')} />
  return (
    <EmptyState title={t('contacts.emptyTitle')} text={t('contacts.emptyText')}>
      <Button component={Link} to="/import">
        {t('empty.reportImport')}
      </Button>
    </EmptyState>
  )
}

function useContactColumns(): Column<ContactRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: session } = useQuery(sessionOptions)
  const zone = session?.workspace.time_zone ?? 'UTC'
  return useMemo(() => {
    const words = (id: 'reach' | 'owner' | 'source'): Column<ContactRow> => ({
      id,
      header: t(`contacts.${id}`),
      sort: (row) => row[id],
      cell: (row) => row[id] ?? <Nothing reason={t(`contacts.no.${id}`)} />,
    })
    return [
      {
        id: 'name',
        header: t('contacts.name'),
        sort: (row) => row.name ?? row.reach,
        cell: (row) => (
          <Link to="/contacts/$id" params={{ id: row.id }}>
            {row.name ?? row.reach ?? t('contacts.unnamed')}
          </Link>
        ),
      },
      {
        id: 'stage',
        header: t('contacts.stage'),
        sort: (row) => row.stage?.name,
        cell: (row) =>
          row.stage ? <StageTag stage={row.stage} /> : <Nothing reason={t('contacts.no.stage')} />,
      },
      words('reach'),
      words('owner'),
      words('source'),
      {
        id: 'created',
        header: t('contacts.created', { zone }),
        numeric: true,
        sort: (row) => row.createdAt,
        cell: (row) =>
          row.createdAt ? format.moment(row.createdAt, zone) : <Nothing reason={t('contacts.no.created')} />,
      },
    ]
  }, [t, format, zone])
}
