import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cost } from '@/api/costs'
import { costsOptions, removeCost, saveCosts, shownByCosts } from '@/api/costs'
import { sessionOptions } from '@/api/session'
import { ErrorState, Section, Skeleton, toolClass } from '@/components/states'
import { useToast } from '@/components/Toasts'
import { useChange } from '@/components/useChange'
import { Change, Tool } from '@/features/keep/Actions'
import keep from '@/features/keep/Keep.module.css'
import { addDays, dayIn, isDay } from '@/lib/days'
import { useMay } from '@/lib/useMay'
import { CostDialog } from './CostDialog'
import { CostTable } from './CostTable'
import css from './Costs.module.css'
import { sourceOf } from './model'

/** What is known of a span of days, to be corrected one by one. */
export function CostList() {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionOptions)
  const today = dayIn(session?.workspace.time_zone ?? 'UTC')
  const [days, setDays] = useState({ from: addDays(today, -29), to: today })
  const [adding, setAdding] = useState(false)
  const write = useMay('write')
  return (
    <Section
      id="costs"
      title={t('costs.known')}
      text={t('costs.knownText')}
      tools={
        write && (
          <button type="button" className={toolClass} onClick={() => setAdding(true)}>
            {t('costs.add')}
          </button>
        )
      }
    >
      <div className={css.days}>
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(`costs.${end}`)}
            value={days[end]}
            onChange={(event) => setDays({ ...days, [end]: event.currentTarget.value })}
          />
        ))}
      </div>
      {isDay(days.from) && isDay(days.to) && <Known from={days.from} to={days.to} write={write} />}
      {adding && <CostDialog today={today} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function Known({ from, to, write }: { from: string; to: string; write: boolean }) {
  const { t } = useTranslation()
  const { data, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(costsOptions(from, to))
  if (isPending) return <Skeleton height={160} />
  if (!data) return <ErrorState error={error} kept={t('error.keptPage')} onRetry={() => void refetch()} />
  const costs = data.pages.flatMap((page) => page.items ?? [])
  if (costs.length === 0) return <p className="muted">{t('costs.none')}</p>
  return (
    <>
      <CostTable
        label={t('costs.known')}
        costs={costs}
        tools={write ? (cost) => <CostTools cost={cost} /> : undefined}
      />
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('costs.nextPage')}
          </Button>
        </div>
      )}
    </>
  )
}

function CostTools({ cost }: { cost: Cost }) {
  const { t } = useTranslation()
  const toast = useToast()
  const of = [cost.day, sourceOf(cost)].filter(Boolean).join(' ')
  const back = useChange(saveCosts, t('costs.isBack'), shownByCosts)
  const remove = useChange(removeCost, '', shownByCosts, () =>
    toast(t('keep.removed', { name: of }), () => back.mutate([cost])),
  )
  return (
    <div className={keep.actions}>
      <Change of={of}>{(close) => <CostDialog kept={cost} today={cost.day} onClose={close} />}</Change>
      <Tool label={t('keep.remove')} of={of} pending={remove.isPending} onClick={() => remove.mutate(cost)} />
    </div>
  )
}
