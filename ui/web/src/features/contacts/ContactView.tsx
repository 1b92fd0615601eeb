import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { contactOptions } from '@/api/contacts'
import { sessionOptions } from '@/api/session'
import { ErrorState, Skeleton } from '@/components/states'
import { useCalled } from '@/lib/useCalled'
import { useTitle } from '@/lib/useTitle'
import css from './Contact.module.css'
import { ContactHead } from './ContactHead'
import { Journeys } from './Journeys'
import { Timeline } from './Timeline'

const route = getRouteApi('/app/contacts/$id')

export default function ContactView() {
  const { t } = useTranslation()
  const called = useCalled()
  const { id } = route.useParams()
  const query = useQuery(contactOptions(id))
  const { data: session } = useQuery(sessionOptions)
  const zone = session?.workspace.time_zone ?? 'UTC'
  useTitle(query.data ? called(query.data.contact) : t('nav.contacts'))

  return (
    <div className="page">
      <p>
        <Link to="/contacts">← {t('nav.contacts')}</Link>
      </p>
      {query.isPending && <Skeleton height={480} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <>
          <ContactHead seen={query.data} zone={zone} currency={session?.workspace.currency ?? 'EUR'} />
          <div className={css.columns}>
            <Journeys id={id} zone={zone} />
            <Timeline id={id} zone={zone} />
          </div>
        </>
      )}
    </div>
  )
}
