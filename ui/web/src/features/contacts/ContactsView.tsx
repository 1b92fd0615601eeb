import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/states'
import type { ContactSearch } from '@/features/views/search'
import { asked, contactQuery, DEFAULT_COLUMNS } from '@/features/views/search'
import { useColumns } from '@/features/views/useColumns'
import { useView } from '@/features/views/useView'
import { ViewBar } from '@/features/views/ViewBar'
import { boardOptions } from '@/api/board'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import { ColumnPicker } from './ColumnPicker'
import { ContactsHead } from './ContactsHead'
import { ContactTable } from './ContactTable'
import { FilterLine } from './FilterLine'

const route = getRouteApi('/app/contacts')

export default function ContactsView() {
  const { t } = useTranslation()
  const format = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (next: ContactSearch, replace = false) => void navigate({ search: next, replace })
  const view = useView(search.view)
  const [chosen, setChosen] = useColumns(search.view)
  const columns = chosen ?? (view?.columns.length ? view.columns : DEFAULT_COLUMNS)
  const all = asked(search, view)
  const query = contactQuery(all)
  // A view that is not there yet would show everybody for a moment.
  const ready = !search.view || view !== undefined
  const count = useQuery({
    ...boardOptions({ filter: query.filter, q: query.q, limit: 1 }),
    enabled: ready,
  })
  useTitle(t('nav.contacts'))

  return (
    <div className="page">
      <ContactsHead search={search} onSearch={(q) => setSearch({ ...search, q }, true)} />
      <div className="stack">
        <ViewBar search={search} view={view} columns={chosen} onChange={setSearch} onColumns={setChosen} />
        <FilterLine filter={all.filter} onChange={(filter) => setSearch({ ...search, filter })}>
          <span className="caption" role="status">
            {count.data &&
              t('contacts.count', { count: count.data.total, number: format.number(count.data.total) })}
          </span>
          <ColumnPicker columns={columns} onChange={setChosen} />
        </FilterLine>
      </div>
      {ready && (
        <ContactTable
          key={JSON.stringify(query)}
          query={query}
          columns={columns}
          total={count.data?.total}
          onSort={(sort) => setSearch({ ...search, sort })}
          empty={<NoContacts q={all.q} filtered={all.filter !== ''} />}
        />
      )}
    </div>
  )
}

function NoContacts({ q, filtered }: { q: string; filtered: boolean }) {
  const { t } = useTranslation()
  if (q) return <EmptyState title={t('contacts.noneFound', { q })} text={t('contacts.noneFoundText')} />
  if (filtered) return <EmptyState title={t('contacts.noneMatch')} text={t('contacts.noneMatchText')} />
  return (
    <EmptyState title={t('contacts.emptyTitle')} text={t('contacts.emptyText')}>
      <Button component={Link} to="/import">
        {t('empty.reportImport')}
      </Button>
    </EmptyState>
  )
}
