import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { trackingOptions } from '@/api/tracking'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useMay } from '@/lib/useMay'
import { useTitle } from '@/lib/useTitle'
import { Forms } from './Forms'
import { Numbers } from './Numbers'
import { OwnTraffic } from './OwnTraffic'
import { Providers } from './Providers'
import { Rules, Tester } from './Rules'
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
  const write = useMay('write')
  const admin = useMay('admin')
  if (isPending) return <Skeleton height={240} />
  if (!data) return <ErrorState error={error} kept={t('error.keptPage')} onRetry={() => void refetch()} />
  if (!admin) {
    return (
      <>
        <p className="muted">{t('settings.adminsOnly')}</p>
        <Section id="rules" title={t('tracking.rules')} text={t('tracking.rulesText')}>
          <Tester />
        </Section>
        {write && <Forms />}
      </>
    )
  }
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
