import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionOptions } from '@/api/session'
import { Icon } from '@/components/Icon'
import { ToastProvider } from '@/components/Toasts'
import { useOpenInView } from '@/lib/useOpenInView'
import { AccountMenu } from './AccountMenu'
import { HelpDialog } from './HelpDialog'
import { PAGES } from './pages'
import css from './Shell.module.css'
import { useShortcuts } from './useShortcuts'

/** The frame of every page: a slim rail at the left, a bar at the bottom of a phone. */
export default function Shell() {
  const { t } = useTranslation()
  const [help, setHelp] = useState(false)
  const { data: session } = useQuery(sessionOptions)
  const rail = useOpenInView()
  useShortcuts(() => setHelp(true))

  return (
    <ToastProvider>
      <a className={css.skip} href="#content" data-print="hide">
        {t('nav.skip')}
      </a>
      <div className={css.shell}>
        <nav ref={rail} className={css.rail} aria-label={t('nav.label')} data-print="hide">
          <Link
            to="/"
            className={css.brand}
            aria-label={t('nav.home')}
            activeProps={{ 'aria-current': undefined }}
          >
            <img src="/favicon.svg" alt="" width="28" height="28" />
          </Link>
          {PAGES.map((page) => (
            <Link
              key={page.to}
              to={page.to}
              className={css.item}
              activeOptions={{ exact: page.to === '/', includeSearch: false }}
              title={t('nav.shortcut', { key: page.key })}
            >
              <Icon name={page.icon} />
              <span>{t(`nav.${page.id}`)}</span>
            </Link>
          ))}
          <AccountMenu onHelp={() => setHelp(true)} />
        </nav>
        <main id="content" className={css.content} tabIndex={-1}>
          {session?.demo && <p className={css.demo}>{t('demo.line')}</p>}
          <Outlet />
        </main>
      </div>
      <HelpDialog opened={help} onClose={() => setHelp(false)} />
    </ToastProvider>
  )
}
