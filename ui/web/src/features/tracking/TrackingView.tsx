import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { trackingOptions } from '@/api/tracking'
import { ErrorState, Skeleton } from '@/components/states'
import { useTitle } from '@/lib/useTitle'
import { Forms } from './Forms'
import { Numbers } from './Numbers'
import { OwnTraffic } from './OwnTraffic'
import { Providers } from './Providers'
import { Rules } from './Rules'
import { Site } from './Site'
import css from './Tracking.module.css'

/** How a site is connected, and how its traffic is read. */
export default function TrackingView() {
  const { t } = useTranslation()
  useTitle(t('tracking.title'))
  return (
    <div className={css.sections}>
      <Parts />
    </div>
  )
}

function Parts() {
  const { t } = useTranslation()
  const { data, isPending, error, refetch } = useQuery(trackingOptions)
  if (isPending) return <Skeleton height={240} />
  if (!data) return <ErrorState error={error} kept={t('error.keptPage')} onRetry={() => void refetch()} />
  return (
    <>
      <Site tracking={data} />
      <Rules tracking={data} />
      <Forms />
      <Numbers tracking={data} />
      <Providers />
      <OwnTraffic tracking={data} />
    </>
  )
}
