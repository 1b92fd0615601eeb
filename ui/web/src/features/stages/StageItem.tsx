import { ActionIcon } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '@/api/types'
import { Icon } from '@/components/Icon'
import { useFormat } from '@/lib/useFormat'
import css from './Stages.module.css'

interface Props {
  stage: Stage
  first: boolean
  last: boolean
  movable: boolean
  onMove: (by: -1 | 1) => void
  onEdit: () => void
}

/** One stage. Alt with an arrow key moves it; its buttons do the same. */
export function StageItem({ stage, first, last, movable, onMove, onEdit }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || !movable || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li className={css.item} onKeyDown={onKeyDown}>
      <span className={css.position}>{stage.position ?? ''}</span>
      <span className={css.emoji} aria-hidden="true">
        {stage.emoji}
      </span>
      <span className={css.words}>
        <span className={css.name}>
          {stage.name}
          {stage.archived && <span className="caption"> {t('stage.archived')}</span>}
        </span>
        {stage.description && <span className="caption">{stage.description}</span>}
      </span>
      <span className="caption nowrap">
        {t('stages.contacts', { count: stage.contacts, number: format.number(stage.contacts) })}
      </span>
      <span className={css.tools}>
        {movable && (
          <>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              disabled={first}
              title={t('stages.moveHint')}
              aria-label={t('stages.up', { name: stage.name })}
              onClick={() => onMove(-1)}
            >
              <Icon name="up" />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              disabled={last}
              title={t('stages.moveHint')}
              aria-label={t('stages.down', { name: stage.name })}
              onClick={() => onMove(1)}
            >
              <Icon name="down" />
            </ActionIcon>
          </>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('stages.edit', { name: stage.name })}
          onClick={onEdit}
        >
          <Icon name="edit" size={18} />
        </ActionIcon>
      </span>
    </li>
  )
}
