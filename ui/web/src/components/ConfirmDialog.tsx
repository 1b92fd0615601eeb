import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import css from './states.module.css'

interface Props {
  title: string
  /** What will be different. */
  text: string
  submit: string
  pending: boolean
  problem: string | null
  onSubmit: () => void
  onClose: () => void
}

/** Asks once before something that cannot be taken back. */
export function ConfirmDialog({ title, text, submit, pending, problem, onSubmit, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <div className="stack">
        <p>{text}</p>
        {problem && (
          <p role="alert" className={css.problem}>
            {problem}
          </p>
        )}
        <div className="row">
          <Button loading={pending} onClick={onSubmit}>
            {submit}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('stages.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
