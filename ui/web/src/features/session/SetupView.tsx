import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import { sessionOptions, setUp } from '@/api/session'
import { useProblem } from '@/components/useProblem'
import { useTitle } from '@/lib/useTitle'
import { Door } from './Door'
import { PASSWORD_LENGTH } from './model'

const route = getRouteApi('/setup')

/** The first owner of a new server, let in by the one-time token that the server printed. */
export default function SetupView() {
  const { t } = useTranslation()
  const problem = useProblem()
  const search = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [form, setForm] = useState({ token: search.token ?? '', name: '', email: '', password: '' })
  useTitle(t('setup.title'))
  const create = useMutation({
    mutationFn: setUp,
    onSuccess: (session) => {
      client.setQueryData(sessionOptions.queryKey, session)
      void navigate({ to: '/' })
    },
  })
  const set = (name: keyof typeof form) => (event: { currentTarget: { value: string } }) =>
    setForm({ ...form, [name]: event.currentTarget.value })
  const wrong = (name: keyof typeof form) => problem.field(create.error, name)
  const general =
    create.isError && !(isApiError(create.error) && create.error.fields.length > 0)
      ? problem.text(create.error)
      : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(form)
  }
  return (
    <Door title={t('setup.title')} text={t('setup.text')}>
      <form onSubmit={submit} className="stack">
        {!search.token && (
          <TextInput
            label={t('setup.token')}
            description={t('setup.tokenHint')}
            required
            withAsterisk={false}
            size="md"
            value={form.token}
            error={wrong('token')}
            onChange={set('token')}
          />
        )}
        <TextInput
          label={t('setup.name')}
          autoComplete="name"
          required
          withAsterisk={false}
          size="md"
          value={form.name}
          error={wrong('name')}
          onChange={set('name')}
        />
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          size="md"
          value={form.email}
          error={wrong('email')}
          onChange={set('email')}
        />
        <PasswordInput
          label={t('signIn.password')}
          description={t('setup.passwordHint', { count: PASSWORD_LENGTH })}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={PASSWORD_LENGTH}
          size="md"
          value={form.password}
          error={wrong('password')}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
          onChange={set('password')}
        />
        {search.token && wrong('token') && <p role="alert">{wrong('token')}</p>}
        {general && <p role="alert">{general}</p>}
        <Button type="submit" size="md" loading={create.isPending}>
          {t('setup.submit')}
        </Button>
        <p className="caption">
          <Link to="/sign-in">{t('setup.haveAccount')}</Link>
        </p>
      </form>
    </Door>
  )
}
