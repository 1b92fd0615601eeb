import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Keep.module.css'

interface Props {
  title: string
  text: string
  submit: string
  pending: boolean
  problem: string | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A short form over the report. */
export function KeepDialog({ title, text, submit, pending, problem, onSubmit, onClose, children }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <p className="caption">{text}</p>
        {children}
        {problem && (
          <p role="alert" className={css.problem}>
            {problem}
          </p>
        )}
        <div>
          <Button type="submit" loading={pending}>
            {submit}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** A secret that is shown this once. */
export function Once({
  label,
  children,
  onClose,
}: {
  label: string
  children: ReactNode
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={label}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <div className="stack">
        {children}
        <div>
          <Button onClick={onClose}>{t('keep.done')}</Button>
        </div>
      </div>
    </Modal>
  )
}
