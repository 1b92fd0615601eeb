import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changesHref, changesOptions } from '@/api/log'
import { sessionOptions } from '@/api/session'
import { stagesOptions } from '@/api/stages'
import { Icon } from '@/components/Icon'
import { EmptyState, ErrorState, Section, Skeleton, toolClass } from '@/components/states'
import { SEARCH_ID } from '@/features/shell/useShortcuts'
import { dayIn } from '@/lib/days'
import { useTitle } from '@/lib/useTitle'
import { LogSentence } from './LogSentence'
import { LogTable } from './LogTable'
import { daysOf, filterCount, queryOf } from './model'
import { PerDay } from './PerDay'
import type { LogSearch } from './search'

const route = getRouteApi('/app/log')

/** Every change of every contact: who, how, from where to where, when, and whether reports count it. */
export default function LogView() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: session } = useQuery(sessionOptions)
  const stages = useQuery(stagesOptions)
  const zone = session?.workspace.time_zone ?? 'UTC'
  const days = daysOf(search, dayIn(zone))
  useTitle(t('nav.log'))
  const change = (next: LogSearch) => void navigate({ search: next })
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('nav.log')}</h1>
        <SearchBox initial={search.q ?? ''} />
      </header>
      <LogSentence search={search} stages={stages.data?.items ?? []} zone={zone} onChange={change} />
      {days.from !== days.to && (
        <PerDay
          search={search}
          days={days}
          onPick={(day) => change({ ...search, preset: undefined, from: day, to: day })}
        />
      )}
      <Changes search={search} days={days} zone={zone} />
    </div>
  )
}

function SearchBox({ initial }: { initial: string }) {
  const { t } = useTranslation()
  const navigate = route.useNavigate()
  const [text, setText] = useState(initial)
  const apply = useDebouncedCallback(
    (q: string) => void navigate({ search: (old) => ({ ...old, q: q || undefined }), replace: true }),
    250,
  )
  return (
    <TextInput
      id={SEARCH_ID}
      type="search"
      w={{ base: '100%', xs: 320 }}
      aria-label={t('log.search')}
      placeholder={t('log.search')}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        apply(event.currentTarget.value.trim())
      }}
    />
  )
}

function Changes({
  search,
  days,
  zone,
}: {
  search: LogSearch
  days: { from: string; to: string }
  zone: string
}) {
  const { t } = useTranslation()
  const asked = queryOf(search, days)
  const query = useInfiniteQuery(changesOptions(asked))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section
      id="changes"
      title={t('log.changes')}
      text={t('log.changesText', { zone })}
      tools={
        <a
          className={toolClass}
          href={changesHref(asked)}
          download
          aria-label={t('csv.label', { table: t('log.changes') })}
        >
          <Icon name="download" size={16} />
          {t('csv.link')}
        </a>
      }
    >
      {query.isPending && <Skeleton height={420} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptReport')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && <NoChanges search={search} />}
      {rows.length > 0 && <LogTable rows={rows} zone={zone} label={t('log.changes')} />}
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

function NoChanges({ search }: { search: LogSearch }) {
  const { t } = useTranslation()
  const navigate = route.useNavigate()
  const narrowed = filterCount(search) > 0
  const { preset, from, to } = search
  return (
    <EmptyState
      title={narrowed ? t('log.noneFound') : t('log.none')}
      text={narrowed ? t('log.noneFoundText') : t('log.noneText')}
    >
      {narrowed ? (
        <Button onClick={() => void navigate({ search: { preset, from, to } })}>{t('filter.clear')}</Button>
      ) : (
        <Button onClick={() => void navigate({ search: { preset: 'this_year' } })}>
          {t('empty.reportWiden')}
        </Button>
      )}
    </EmptyState>
  )
}
