import { ActionIcon, Menu } from '@mantine/core'
import type { ComponentProps, KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '@/api/types'
import { Icon } from '@/components/Icon'
import { useFormat } from '@/lib/useFormat'
import { ROLES } from './model'
import css from './Stages.module.css'

interface Props {
  stage: Stage
  place: number
  of: number
  grip: Partial<ComponentProps<'button'>>
  shift: number
  dragged: boolean
  onMove: (by: -1 | 1) => void
  onEdit: () => void
  onRemove: () => void
}

export const gripId = (stage: Stage) => `grip-${stage.id}`

/** One stage. Its grip is dragged, or moved with the arrow keys; Alt with an arrow key moves it from anywhere. */
export function StageItem({ stage, place, of, grip, shift, dragged, onMove, onEdit, onRemove }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const movable = stage.kind !== 'won' && of > 1
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const onGrip = event.target instanceof HTMLElement && event.target.id === gripId(stage)
    if (!movable || (!event.altKey && !onGrip)) return
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li
      className={css.item}
      data-dragged={dragged || undefined}
      style={shift ? { transform: `translateY(${shift}px)` } : undefined}
      onKeyDown={onKeyDown}
    >
      {movable ? (
        <button
          {...grip}
          id={gripId(stage)}
          type="button"
          className={css.grip}
          title={t('stages.moveHint')}
          aria-label={t('stages.grip', { name: stage.name, place: place + 1, of })}
        >
          <Icon name="grip" size={18} />
        </button>
      ) : (
        <span />
      )}
      <span className={css.position}>{stage.position ?? ''}</span>
      <span className={css.emoji} aria-hidden="true">
        {stage.emoji}
      </span>
      <StageWords stage={stage} />
      <span className={`caption nowrap ${css.count}`}>
        {t('stages.contacts', { count: stage.contacts, number: format.number(stage.contacts) })}
      </span>
      <span className={css.tools}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('stages.edit', { name: stage.name })}
          onClick={onEdit}
        >
          <Icon name="edit" size={18} />
        </ActionIcon>
        {stage.kind === 'won' ? (
          <span className={css.lock} title={t('stages.wonFixed')}>
            <Icon name="lock" size={18} />
          </span>
        ) : (
          <More stage={stage} place={place} of={of} onMove={onMove} onRemove={onRemove} />
        )}
      </span>
    </li>
  )
}

function StageWords({ stage }: { stage: Stage }) {
  const { t } = useTranslation()
  const role = ROLES.find((one) => one === stage.role)
  return (
    <span className={css.words}>
      <span className={css.name}>
        {stage.name}
        {role && <span className={css.role}>{t(`stages.role.${role}`)}</span>}
      </span>
      {stage.description && <span className="caption">{stage.description}</span>}
    </span>
  )
}

function More({
  stage,
  place,
  of,
  onMove,
  onRemove,
}: Pick<Props, 'stage' | 'place' | 'of' | 'onMove' | 'onRemove'>) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={230} shadow="none" transitionProps={{ duration: 100 }}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('stages.more', { name: stage.name })}
        >
          <Icon name="more" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        <Menu.Item
          disabled={place === 0}
          leftSection={<Icon name="up" size={16} />}
          onClick={() => onMove(-1)}
        >
          {t('stages.up')}
        </Menu.Item>
        <Menu.Item
          disabled={place === of - 1}
          leftSection={<Icon name="down" size={16} />}
          onClick={() => onMove(1)}
        >
          {t('stages.down')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={onRemove}>{t('stages.remove')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
