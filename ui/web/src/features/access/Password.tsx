import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePassword } from '@/api/access'
import { Section } from '@/components/states'
import { useChange } from '@/components/useChange'
import { PASSWORD_LENGTH } from '@/features/session/model'
import css from './Access.module.css'

/** One's own password: whoever was let in by somebody else chooses their own. */
export function Password() {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [next, setNext] = useState('')
  const save = useChange(changePassword, t('people.passwordChanged'), [], () => {
    setPassword('')
    setNext('')
  })
  const wrong = save.fault('password') ?? save.fault('next')
  const show = { 'aria-label': t('signIn.showPassword'), tabIndex: 0 }
  return (
    <Section id="password" title={t('people.password')} text={t('people.passwordText')}>
      <form
        className={`stack ${css.narrow}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ password, next })
        }}
      >
        <PasswordInput
          label={t('people.passwordNow')}
          autoComplete="current-password"
          value={password}
          error={save.fault('password')}
          visibilityToggleButtonProps={show}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('people.passwordNext')}
          description={t('setup.passwordHint', { count: PASSWORD_LENGTH })}
          autoComplete="new-password"
          value={next}
          error={save.fault('next')}
          visibilityToggleButtonProps={show}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        {save.problem && !wrong && <p role="alert">{save.problem}</p>}
        <div>
          <Button type="submit" variant="default" loading={save.isPending}>
            {t('people.passwordDo')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
