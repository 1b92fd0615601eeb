import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionOptions } from '@/api/session'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { reportSearch } from '@/features/lifecycle/search'
import { useFormat } from '@/lib/useFormat'
import { parseSearch } from '@/routes/query-string'

interface PartProps<Row> {
  id: string
  title: string
  text: string
  none: string
  tools?: ReactNode
  query: { data?: { items: Row[] }; isPending: boolean; error: unknown; refetch: () => unknown }
  columns: Column<Row>[]
  rowKey: (row: Row) => string
}

/** One kind of what is kept: its list, or what would be there. */
export function Part<Row extends object>(props: PartProps<Row>) {
  const { id, title, text, none, tools, query, columns, rowKey } = props
  const { t } = useTranslation()
  let body: ReactNode = null
  if (query.isPending) body = <Skeleton height={80} />
  else if (!query.data) {
    body = <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
  } else if (query.data.items.length === 0) body = <p className="muted">{none}</p>
  else body = <DataTable label={title} columns={columns} rows={query.data.items} rowKey={rowKey} />
  return (
    <Section id={id} title={title} text={text} tools={tools}>
      {body}
    </Section>
  )
}

export function useMoment() {
  const format = useFormat()
  const { data: session } = useQuery(sessionOptions)
  const zone = session?.workspace.time_zone ?? 'UTC'
  return (iso: string | null | undefined) => (iso ? format.moment(iso, zone) : '–')
}

export function Open({ name, query }: { name: string; query: string }) {
  return (
    <Link to="/" search={reportSearch.parse(parseSearch(query))}>
      {name}
    </Link>
  )
}
