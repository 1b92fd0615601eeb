import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { membershipsOptions } from '@/api/lists'
import type { ContactList } from '@/api/types'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import css from './Lists.module.css'
import type { Day } from './model'
import { days } from './model'

/** How many names of a day are shown; the rest is counted. */
const NAMES = 8

export function History({ list, zone }: { list: ContactList; zone: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(membershipsOptions(list.id))
  const found = useMemo(
    () => days(query.data?.pages.flatMap((page) => page.items) ?? [], zone),
    [query.data, zone],
  )
  const most = Math.max(1, ...found.flatMap((day) => [day.entered, day.left]))
  return (
    <Section
      id="history"
      title={t('lists.history')}
      text={list.followed || list.kind === 'static' ? t('lists.historyText', { zone }) : t('lists.tooLarge')}
    >
      {query.isPending && <Skeleton height={160} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && found.length === 0 && <p className="muted">{t('lists.noHistory')}</p>}
      <ol className={css.days}>
        {found.map((day) => (
          <li key={day.day}>
            <DayRow day={day} most={most} />
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('explain.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}

function DayRow({ day, most }: { day: Day; most: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <span>{format.day(day.day)}</span>
      <span className={css.flow}>
        <Part count={day.entered} most={most} way="entered" />
        <Part count={day.left} most={most} way="left" />
      </span>
      <span className="caption">
        {day.items.slice(0, NAMES).map((item, i) => (
          <span key={`${item.contact_id}${item.at}`}>
            {i > 0 && ', '}
            {item.entered ? '+ ' : '− '}
            <Link to="/contacts/$id" params={{ id: item.contact_id }}>
              {item.name ?? item.contact_id}
            </Link>
          </span>
        ))}
        {day.items.length > NAMES &&
          ` ${t('lists.andMore', { number: format.number(day.items.length - NAMES) })}`}
      </span>
    </>
  )
}

function Part({ count, most, way }: { count: number; most: number; way: 'entered' | 'left' }) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <span className={css.part} data-way={way}>
      <i style={{ width: `${Math.max(4, (count / most) * 72)}px` }} aria-hidden="true" />
      {t(`lists.${way}Count`, { count })}
    </span>
  )
}
