import '@mantine/core/styles/Drawer.css'
import { Button, Drawer } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState, Skeleton } from '@/components/states'
import { useReturnFocus } from '@/lib/useReturnFocus'
import css from './Sources.module.css'

interface Props<Person> {
  title: string
  caption: string
  query: UseInfiniteQueryResult<InfiniteData<{ items: Person[] }>>
  render: (person: Person) => ReactNode
  onClose: () => void
}

/** The contacts behind a number, beside the report. */
export function Behind<Person extends { id: string }>({
  title,
  caption,
  query,
  render,
  onClose,
}: Props<Person>) {
  const { t } = useTranslation()
  useReturnFocus()
  const people = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(520px, 100vw)"
      title={title}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': t('explain.close') }}
    >
      <p className="caption">{caption}</p>
      {query.isPending && <Skeleton height={420} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && people.length === 0 && <p className="muted">{t('sources.nobody')}</p>}
      <ol className={css.people}>
        {people.map((person) => (
          <li key={person.id} className={css.person}>
            {render(person)}
          </li>
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

interface NameProps {
  person: { id: string; name: string | null; external_id: string | null }
  adds: string | null
}

/** Whom it is, and what the contact adds to the number. */
export function PersonHead({ person, adds }: NameProps) {
  const { t } = useTranslation()
  return (
    <header>
      <Link to="/contacts/$id" params={{ id: person.id }}>
        {person.name ?? person.external_id ?? person.id}
      </Link>
      {adds !== null && <span>{t('sources.adds', { value: adds })}</span>}
    </header>
  )
}
