import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOpenInView } from '@/lib/useOpenInView'
import { SETTINGS } from './pages'
import css from './Settings.module.css'

/** The frame of what is set once: its pages side by side. */
export default function SettingsView() {
  const { t } = useTranslation()
  const row = useOpenInView()
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('nav.settings')}</h1>
      </header>
      <nav ref={row} className={css.pages} aria-label={t('settings.label')}>
        {SETTINGS.map((page) => (
          <Link key={page.to} to={page.to} className={css.page}>
            {t(`settings.${page.id}`)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  )
}
