import { ActionIcon, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { exportHref } from '@/api/contacts'
import { Icon } from '@/components/Icon'
import css from './Contact.module.css'

interface Props {
  id: string
  name: string
  onMerge: () => void
  onErase: () => void
}

/** What is done with a contact as a whole, and seldom. */
export function MoreMenu({ id, name, onMerge, onErase }: Props) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={250} shadow="none" transitionProps={{ duration: 100 }}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('contact.more', { name })}>
          <Icon name="more" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        <Menu.Item leftSection={<Icon name="contacts" size={16} />} onClick={onMerge}>
          {t('contact.merge')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={exportHref(id)}
          download
          leftSection={<Icon name="download" size={16} />}
        >
          {t('contact.export')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item className={css.erase} leftSection={<Icon name="close" size={16} />} onClick={onErase}>
          {t('contact.erase')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
