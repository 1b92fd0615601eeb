import { Button, Modal, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeenContact } from '@/api/contacts'
import { isApiError } from '@/api/problem'
import { useProblem } from '@/components/useProblem'
import { useCalled } from '@/lib/useCalled'
import css from './Contact.module.css'
import type { ContactActions } from './useContactActions'

interface Props {
  seen: SeenContact
  erase: ContactActions['erase']
  onClose: () => void
}

/** Erasing somebody for good is asked for in writing: their name is typed. */
export function EraseDialog({ seen, erase, onClose }: Props) {
  const { t } = useTranslation()
  const problem = useProblem()
  const [typed, setTyped] = useState('')
  const name = useCalled()(seen.contact)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() === name) erase.mutate({ tag: seen.tag, name })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('erase.title', { name })}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <form className="stack" onSubmit={submit}>
        <div className={css.danger}>
          <p>{t('erase.text')}</p>
          <p>{t('erase.final')}</p>
        </div>
        <p className="muted">
          {t('erase.before')}{' '}
          <a href={`/v1/contacts/${seen.contact.id}/export`} download>
            {t('contact.export')}
          </a>
        </p>
        <TextInput
          label={t('erase.type', { name })}
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {erase.error && (
          <p role="alert">{isApiError(erase.error, 412) ? t('erase.met') : problem.text(erase.error)}</p>
        )}
        <div className="row">
          <Button type="submit" loading={erase.isPending} disabled={typed.trim() !== name}>
            {t('erase.do')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('stages.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
