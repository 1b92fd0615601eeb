import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCopy } from './Copyable'
import css from './Secret.module.css'

/** What is shown this once, with its button to copy it. */
export function Secret({ text }: { text: string }) {
  const { t } = useTranslation()
  const copy = useCopy()
  return (
    <div className={css.secret}>
      <code className={css.text}>{text}</code>
      <Button variant="default" size="xs" onClick={() => void copy(text)}>
        {t('copy.do')}
      </Button>
    </div>
  )
}
