import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { laterChangesOptions } from '@/api/imports'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { LogTable } from '@/features/log/LogTable'

/** What became of the contacts of an import: each later change, and whether reports count it. */
export function LaterChanges({ id, zone }: { id: string; zone: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(laterChangesOptions(id))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section id="later" title={t('import.later')} text={t('import.laterText')}>
      {query.isPending && <Skeleton height={160} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && !query.hasNextPage && (
        <p className="muted">{t('import.laterNone')}</p>
      )}
      {rows.length > 0 && <LogTable rows={rows} zone={zone} label={t('import.later')} />}
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
