import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '@/api/problem'
import { sessionOptions, signIn } from '@/api/session'
import { useProblem } from '@/components/useProblem'
import { useTitle } from '@/lib/useTitle'
import { Door } from './Door'
import { safeNext } from './model'

const route = getRouteApi('/sign-in')

export default function SignInView() {
  const { t } = useTranslation()
  const problem = useProblem()
  const { next } = route.useSearch()
  const router = useRouter()
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  useTitle(t('signIn.title'))
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: (session) => {
      client.setQueryData(sessionOptions.queryKey, session)
      router.history.push(safeNext(next))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    enter.mutate({ email, password })
  }
  return (
    <Door title={t('signIn.title')} text={next ? t('signIn.textNext') : t('signIn.text')}>
      <form onSubmit={submit} className="stack">
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoFocus
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          value={password}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {enter.isError && <p role="alert">{failure(enter.error)}</p>}
        <Button type="submit" size="md" loading={enter.isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
    </Door>
  )

  function failure(error: unknown): string {
    if (isApiError(error, 401)) return t('signIn.wrong')
    if (isApiError(error, 429)) return t('signIn.tooMany')
    return problem.text(error)
  }
}
