import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useToast } from './Toasts'

/** Copies itself on click: addresses, ids and keys. */
export function Copyable({ text }: { text: string }) {
  const { t } = useTranslation()
  const toast = useToast()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      toast(t('copy.done', { text }))
    } catch {
      toast(t('copy.failed'))
    }
  }
  return (
    <UnstyledButton
      onClick={() => void copy()}
      title={t('copy.hint')}
      style={{ font: 'inherit', overflowWrap: 'anywhere' }}
    >
      {text}
    </UnstyledButton>
  )
}
