import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState } from '@/components/states'
import css from './Shell.module.css'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <main className={css.alone}>
      <EmptyState title={t('notFound.title')} text={t('notFound.text')}>
        <Button component={Link} to="/">
          {t('notFound.back')}
        </Button>
      </EmptyState>
    </main>
  )
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <main className={css.alone}>
      <ErrorState error={error} kept={t('error.keptPage')} onRetry={retry} />
    </main>
  )
}
