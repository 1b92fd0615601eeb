import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useToast } from './Toasts'

/** Copies a text and says so, or that the browser did not let it. */
export function useCopy() {
  const { t } = useTranslation()
  const toast = useToast()
  return async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      toast(t('copy.done', { text }))
    } catch {
      toast(t('copy.failed'))
    }
  }
}

/** Copies itself on click: addresses, ids and keys. */
export function Copyable({ text }: { text: string }) {
  const { t } = useTranslation()
  const copy = useCopy()
  return (
    <UnstyledButton
      onClick={() => void copy(text)}
      title={t('copy.hint')}
      style={{ font: 'inherit', overflowWrap: 'anywhere' }}
    >
      {text}
    </UnstyledButton>
  )
}
