import { Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryString, reportQuery } from '@/api/query'
import { Icon } from '@/components/Icon'
import { toolClass } from '@/components/states'
import type { ReportSearch } from '@/features/lifecycle/search'
import { AlertDialog } from './AlertDialog'
import { DigestDialog } from './DigestDialog'
import { NoteDialog } from './NoteDialog'
import { SaveDialog } from './SaveDialog'
import { ShareDialog } from './ShareDialog'

const DEEDS = ['save', 'share', 'digest', 'alert', 'note'] as const
type Deed = (typeof DEEDS)[number]

/** What can be done with the report as it is shown: keep it, share it, have it sent. */
export default function KeepMenu({ search, today }: { search: ReportSearch; today: string }) {
  const { t } = useTranslation()
  const [deed, setDeed] = useState<Deed | null>(null)
  const query = queryString(reportQuery(search))
  const close = () => setDeed(null)
  return (
    <>
      <Menu position="bottom-end" width={260} shadow="none" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <button type="button" className={toolClass} data-print="hide">
            <Icon name="download" size={16} />
            {t('keep.menu')}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {DEEDS.map((one) => (
            <Menu.Item key={one} onClick={() => setDeed(one)}>
              {t(`keep.${one}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item component={Link} to="/kept">
            {t('keep.all')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deed === 'save' && <SaveDialog query={query} onClose={close} />}
      {deed === 'share' && <ShareDialog query={query} onClose={close} />}
      {deed === 'digest' && <DigestDialog query={query} onClose={close} />}
      {deed === 'alert' && <AlertDialog query={query} onClose={close} />}
      {deed === 'note' && <NoteDialog today={today} onClose={close} />}
    </>
  )
}
