import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { choiceClass } from '@/components/Choices'
import choices from '@/components/Choices.module.css'

/** Where contacts come from, and which pages they met on the way. The days go along. */
export function SourceTabs() {
  const { t } = useTranslation()
  const days = ['preset', 'from', 'to', 'compare', 'compare_from', 'compare_to', 'around', 'days', 'lookback']
  const kept = (before: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(before).filter(([name]) => days.includes(name)))
  return (
    <nav className={choices.choices} aria-label={t('sitePages.tabs')}>
      <Link
        to="/sources"
        search={kept}
        activeOptions={{ exact: true, includeSearch: false }}
        className={choiceClass}
      >
        {t('nav.sources')}
      </Link>
      <Link
        to="/sources/pages"
        search={kept}
        activeOptions={{ includeSearch: false }}
        className={choiceClass}
      >
        {t('sitePages.title')}
      </Link>
    </nav>
  )
}
