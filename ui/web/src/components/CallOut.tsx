import { ActionIcon, Popover } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import css from './CallOut.module.css'
import { Icon } from './Icon'

/** What a figure, a column or a chart tells, why it matters, and an example with the numbers on the page. */
export interface About {
  tells: string
  matters: string
  example: string
}

interface Props {
  title: string
  about: About
  /** In the head of a column: smaller, and calm until it is wanted. */
  small?: boolean
}

export function CallOut({ title, about, small }: Props) {
  const { t } = useTranslation()
  const wide = useMediaQuery('(min-width: 900px)')
  return (
    <Popover
      width={320}
      position={wide && !small ? 'right-start' : 'bottom-end'}
      trapFocus
      returnFocus
      withinPortal
      shadow="none"
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={small ? 24 : 28}
          className={small ? css.small : undefined}
          aria-label={t('callOut.open', { figure: title })}
          data-print="hide"
        >
          <Icon name="help" size={small ? 14 : 18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.box} aria-label={title} tabIndex={-1} data-autofocus>
        <dl className={css.lines}>
          <dt>{t('callOut.tells')}</dt>
          <dd>{about.tells}</dd>
          <dt>{t('callOut.matters')}</dt>
          <dd>{about.matters}</dd>
          <dt>{t('callOut.example')}</dt>
          <dd>{about.example}</dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}
