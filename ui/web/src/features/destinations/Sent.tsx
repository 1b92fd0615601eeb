import { useTranslation } from 'react-i18next'
import type { Trial } from '@/api/destinations'
import css from './Destinations.module.css'
import { pretty } from './model'

interface Props {
  request: Trial['request']
  answer?: Trial['answer']
}

/** Exactly what is sent, and what was answered. */
export function Sent({ request, answer }: Props) {
  const { t } = useTranslation()
  if (!request) return null
  const head = [
    `${request.method} ${request.url}`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return (
    <>
      <h3>{t('destinations.sent')}</h3>
      <pre className={css.code} tabIndex={0} aria-label={t('destinations.sent')}>
        {`${head.join('\n')}\n\n${pretty(request.body)}`}
      </pre>
      {answer && (
        <>
          <h3>{t('destinations.answered')}</h3>
          <pre className={css.code} tabIndex={0} aria-label={t('destinations.answered')}>
            {`${answer.status}\n\n${pretty(answer.body)}`}
          </pre>
        </>
      )}
    </>
  )
}
