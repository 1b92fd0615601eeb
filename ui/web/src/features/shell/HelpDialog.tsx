import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PAGES } from './pages'
import css from './Shell.module.css'

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      centered
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <dl className={css.keys}>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>{t('help.search')}</dd>
        {PAGES.map((page) => (
          <div key={page.id} style={{ display: 'contents' }}>
            <dt>
              <kbd>g</kbd>
              <kbd>{page.key}</kbd>
            </dt>
            <dd>{t('help.go', { page: t(`nav.${page.id}`) })}</dd>
          </div>
        ))}
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{t('help.this')}</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{t('help.escape')}</dd>
      </dl>
    </Modal>
  )
}
