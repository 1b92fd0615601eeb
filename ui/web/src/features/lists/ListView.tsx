import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactSort } from '@/api/contacts'
import { listOptions, listsOptions, removeList } from '@/api/lists'
import { segmentsKey } from '@/api/segments'
import { sessionOptions } from '@/api/session'
import type { ContactList } from '@/api/types'
import { EmptyState, ErrorState, Section, Skeleton, toolClass } from '@/components/states'
import { useToast } from '@/components/Toasts'
import { useProblem } from '@/components/useProblem'
import { ContactTable } from '@/features/contacts/ContactTable'
import { Meaning } from '@/features/contacts/FilterLine'
import { contactQuery, DEFAULT_COLUMNS, DEFAULT_SORT } from '@/features/views/search'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import { AddMembers } from './AddMembers'
import { History } from './History'
import { ListDialog } from './ListDialog'

const route = getRouteApi('/app/lists/$id')

export default function ListView() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery(listOptions(id))
  const { data: session } = useQuery(sessionOptions)
  const zone = session?.workspace.time_zone ?? 'UTC'
  useTitle(query.data?.name ?? t('nav.lists'))
  return (
    <div className="page">
      <p>
        <Link to="/lists">← {t('nav.lists')}</Link>
      </p>
      {query.isPending && <Skeleton height={480} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <>
          <Head list={query.data} zone={zone} />
          <Members list={query.data} />
          <History list={query.data} zone={zone} />
        </>
      )}
    </div>
  )
}

function Head({ list, zone }: { list: ContactList; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const remove = useRemove(list)
  const [editing, setEditing] = useState(false)
  return (
    <header className="page-head">
      <div>
        <h1>{list.name}</h1>
        <p className="lede">
          {list.kind === 'smart' ? <Meaning filter={list.filter} /> : t('lists.staticText')}
        </p>
        <p className="caption">
          {t('lists.count', { count: list.members, number: format.number(list.members) })}
          {list.evaluated_at && ` · ${t('lists.evaluated', { at: format.moment(list.evaluated_at, zone) })}`}
        </p>
      </div>
      <div className="row">
        <Link to="/" search={{ segment: `list:${list.id}` }} className={toolClass}>
          {t('lists.report')}
        </Link>
        <Button variant="default" onClick={() => setEditing(true)}>
          {list.kind === 'smart' ? t('lists.editRule') : t('lists.rename')}
        </Button>
        <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('lists.remove')}
        </Button>
      </div>
      {editing && <ListDialog list={list} onClose={() => setEditing(false)} />}
    </header>
  )
}

function useRemove(list: ContactList) {
  const { t } = useTranslation()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => removeList(list.id),
    onSuccess: async () => {
      await navigate({ to: '/lists' })
      toast(t('lists.removed', { name: list.name }))
      client.removeQueries({ queryKey: listOptions(list.id).queryKey })
      await client.invalidateQueries({ queryKey: listsOptions.queryKey })
      await client.invalidateQueries({ queryKey: segmentsKey })
    },
    onError: (error) => toast(problem.text(error)),
  })
}

function Members({ list }: { list: ContactList }) {
  const { t } = useTranslation()
  const [sort, setSort] = useState<ContactSort>(DEFAULT_SORT)
  const isStatic = list.kind === 'static'
  const query = contactQuery({ filter: `list:${list.id}`, sort, q: '' })
  return (
    <Section id="members" title={t('lists.members')} tools={isStatic && <AddMembers list={list} />}>
      <ContactTable
        query={query}
        columns={DEFAULT_COLUMNS}
        total={isStatic ? list.members : undefined}
        onSort={setSort}
        list={isStatic ? list.id : undefined}
        empty={
          <EmptyState
            title={t('lists.noMembers')}
            text={isStatic ? t('lists.noMembersStatic') : t('lists.noMembersSmart')}
          />
        }
      />
    </Section>
  )
}
