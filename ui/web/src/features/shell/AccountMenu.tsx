import { Menu, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { sessionOptions, signOut } from '@/api/session'
import { Icon } from '@/components/Icon'
import type { Language } from '@/i18n'
import { chooseLanguage, LANGUAGES, spoken } from '@/i18n'
import css from './Shell.module.css'

const TONGUES = Object.entries(LANGUAGES) as [Language, string][]

const SCHEMES = [
  ['auto', 'auto'],
  ['light', 'sun'],
  ['dark', 'moon'],
] as const

/** Who is signed in and where, light or dark, help, sign out. */
export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const { t, i18n } = useTranslation()
  const { data: session } = useQuery(sessionOptions)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useSignOut()
  const navigate = useNavigate()
  return (
    <div className={css.account}>
      <Menu position="right-end" width={240} shadow="none" withinPortal transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <button type="button" className={css.item}>
            <Icon name="user" />
            <span>{t('account.label')}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown className={css.menu}>
          <div className={css.who}>
            <div>{session?.user.name || session?.user.email}</div>
            <div className="caption">{session?.workspace.name}</div>
            <div className="caption">{t('account.version', { version: session?.version ?? '' })}</div>
          </div>
          <Menu.Divider />
          <Menu.Label>{t('account.appearance')}</Menu.Label>
          <Menu.RadioGroup
            value={colorScheme}
            onChange={(value) => setColorScheme(SCHEMES.find(([scheme]) => scheme === value)?.[0] ?? 'auto')}
          >
            {SCHEMES.map(([scheme, icon]) => (
              <Menu.RadioItem key={scheme} value={scheme} rightSection={<Icon name={icon} size={16} />}>
                {t(`account.scheme.${scheme}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Label>{t('account.language')}</Menu.Label>
          <Menu.RadioGroup
            value={spoken(i18n.language)}
            onChange={(value) => void chooseLanguage(spoken(value))}
          >
            {TONGUES.map(([language, name]) => (
              <Menu.RadioItem key={language} value={language} lang={language}>
                {name}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item
            leftSection={<Icon name="lock" size={16} />}
            onClick={() => void navigate({ to: '/settings/people', hash: 'password' })}
          >
            {t('people.password')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="help" size={16} />} onClick={onHelp} rightSection="?">
            {t('help.title')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="out" size={16} />} onClick={() => leave.mutate()}>
            {t('account.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

function useSignOut() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      client.clear()
      await navigate({ to: '/sign-in' })
    },
  })
}
