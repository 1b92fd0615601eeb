import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { contactOptions } from '@/api/contacts'
import { sessionOptions } from '@/api/session'
import type { Contact } from '@/api/types'
import { Copyable } from '@/components/Copyable'
import { StageTag } from '@/components/StageTag'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import css from './Contact.module.css'
import { Journeys } from './Journeys'
import { propertyFacts, sourceText } from './model'
import { Timeline } from './Timeline'

const route = getRouteApi('/app/contacts/$id')

export default function ContactView() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery(contactOptions(id))
  const { data: session } = useQuery(sessionOptions)
  const zone = session?.workspace.time_zone ?? 'UTC'
  useTitle(query.data?.name || t('nav.contacts'))

  return (
    <div className="page">
      <p>
        <Link to="/contacts">← {t('nav.contacts')}</Link>
      </p>
      {query.isPending && <Skeleton height={480} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <>
          <Head contact={query.data} zone={zone} />
          <div className={css.columns}>
            <Journeys id={id} zone={zone} />
            <Timeline id={id} zone={zone} />
          </div>
        </>
      )}
    </div>
  )
}

function Head({ contact, zone }: { contact: Contact; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const source = sourceText(contact)
  const properties = propertyFacts(contact)
  return (
    <>
      <header className="row" style={{ gap: 12 }}>
        <h1>{contact.name || contact.email || contact.phone || t('contacts.unnamed')}</h1>
        {contact.stage ? (
          <StageTag stage={contact.stage} />
        ) : (
          <span className="muted">{t('contacts.no.stage')}</span>
        )}
      </header>
      <dl className={css.facts}>
        <Fact name={t('field.email')} value={contact.email} copy />
        <Fact name={t('field.phone')} value={contact.phone} copy />
        <Fact name={t('field.external_id')} value={contact.external_id} copy />
        <Fact name={t('field.owner')} value={contact.owner} />
        <Fact name={t('field.source')} value={source} />
        <Fact
          name={t('contacts.created', { zone })}
          value={contact.created_at ? format.moment(contact.created_at, zone) : null}
        />
      </dl>
      {properties.length > 0 && (
        <Section id="properties" title={t('contacts.properties')}>
          <dl className={css.facts}>
            {properties.map((fact) => (
              <Fact key={fact.name} name={fact.name} value={fact.value} />
            ))}
          </dl>
        </Section>
      )}
    </>
  )
}

function Fact({ name, value, copy }: { name: string; value: string | null | undefined; copy?: boolean }) {
  if (!value) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{copy ? <Copyable text={value} /> : value}</dd>
    </div>
  )
}
