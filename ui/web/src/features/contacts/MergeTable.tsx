import { useTranslation } from 'react-i18next'
import type { Contact } from '@/api/types'
import { money } from '@/lib/money'
import { useFormat } from '@/lib/useFormat'
import css from './Contact.module.css'
import { mergedFields } from './merge'
import { sourceText } from './model'

interface Props {
  keep: Contact
  drop: Contact
  zone: string
  currency: string
}

/** Both contacts field by field; what the merged one will have is bold. */
export function MergeTable({ keep, drop, zone, currency }: Props) {
  const { t } = useTranslation()
  const show = useShow(zone, currency)
  return (
    <table className={css.compare}>
      <caption className="sr-only">{t('merge.both')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t('filters.field')}</span>
          </th>
          <th scope="col">{t('merge.keep')}</th>
          <th scope="col">{t('merge.drop')}</th>
        </tr>
      </thead>
      <tbody>
        {mergedFields(keep, drop).map(({ field, from }) => (
          <tr key={field}>
            <th scope="row">{t(`merge.field.${field}`)}</th>
            {([keep, drop] as const).map((one) => {
              const text = show(one, field)
              const stays = from === 'both' || from === (one === keep ? 'keep' : 'drop')
              return <td key={one.id}>{stays && text ? <b>{text}</b> : text || '–'}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Field = ReturnType<typeof mergedFields>[number]['field']

function useShow(zone: string, currency: string): (contact: Contact, field: Field) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (contact, field) => {
    switch (field) {
      case 'stage':
        return contact.stage?.name ?? t('contacts.no.stage')
      case 'value':
        return contact.value
          ? money({ ...contact.value, currency: contact.value.currency ?? currency }, format.locale)
          : ''
      case 'source':
        return sourceText(contact) ?? ''
      case 'created_at':
        return format.moment(contact.created_at, zone)
      case 'properties':
        return Object.keys(contact.properties).sort().join(', ')
      default:
        return contact[field] ?? ''
    }
  }
}
