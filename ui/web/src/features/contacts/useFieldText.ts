import { useTranslation } from 'react-i18next'
import { NAMES, SOURCES } from './edit'

/** A field of a contact as people call it; a property has the name that it was given. */
export function useFieldText(): (name: string) => string {
  const { t } = useTranslation()
  return (name) => {
    const plain = [...NAMES, ...SOURCES, 'value' as const].find(
      (one) => one === name || `source.${one}` === name,
    )
    if (plain) return t(`field.${plain}`)
    if (name.startsWith('list.')) return t('timeline.list')
    return name === 'currency' ? t('contact.currency') : name.replace(/^property\./, '')
  }
}
