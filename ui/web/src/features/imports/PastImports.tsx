import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { importsOptions } from '@/api/imports'
import type { ImportJob } from '@/api/types'
import type { Column } from '@/components/DataTable'
import { DataTable } from '@/components/DataTable'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useFormat } from '@/lib/useFormat'

/** Every import there was, newest first, each with its page. Trials changed nothing and are left out. */
export function PastImports({ zone }: { zone: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(importsOptions)
  const columns = useImportColumns(zone)
  const rows = (query.data?.pages ?? []).flatMap((page) => page.items).filter((job) => !job.dry_run)
  return (
    <Section id="past" title={t('import.past')} text={t('import.pastText')}>
      {query.isPending && <Skeleton height={160} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && <p className="muted">{t('import.pastNone')}</p>}
      {rows.length > 0 && (
        <DataTable label={t('import.past')} columns={columns} rows={rows} rowKey={(job) => job.id} />
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
    </Section>
  )
}

function useImportColumns(zone: string): Column<ImportJob>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const count = (id: 'created' | 'updated' | 'moved' | 'rejected'): Column<ImportJob> => ({
      id,
      header: t(`import.count.${id}`),
      numeric: true,
      sort: (job) => job[id],
      cell: (job) => format.number(job[id]),
    })
    return [
      {
        id: 'name',
        header: t('import.file'),
        sort: (job) => job.name,
        cell: (job) => (
          <Link to="/import" search={{ id: job.id }}>
            {job.name || job.id}
          </Link>
        ),
      },
      {
        id: 'at',
        header: t('import.when', { zone }),
        sort: (job) => job.created_at,
        cell: (job) => format.moment(job.created_at, zone),
      },
      {
        id: 'mode',
        header: t('import.mode'),
        sort: (job) => job.mode,
        cell: (job) => t(`import.modes.${job.mode}`),
      },
      {
        id: 'state',
        header: t('import.state'),
        sort: (job) => job.state,
        cell: (job) => t(`import.states.${job.state}`),
      },
      count('created'),
      count('updated'),
      count('moved'),
      count('rejected'),
    ]
  }, [t, format, zone])
}
