import { ActionIcon } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '@/api/types'
import { Icon } from '@/components/Icon'
import { money } from '@/lib/money'
import { useCalled } from '@/lib/useCalled'
import { useFormat } from '@/lib/useFormat'
import css from './Board.module.css'

interface Props {
  card: Contact
  currency: string
  onDrag: () => void
  /** To the column beside. */
  onKey: (by: -1 | 1) => void
  onMenu: () => void
}

/** Where the focus returns after a move. */
export function cardId(contact: string): string {
  return `card-${contact}`
}

/** One contact. It is dragged, moved with Alt and an arrow key, or by its button. */
export function Card({ card, currency, onDrag, onKey, onMenu }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const name = useCalled()(card)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    onKey(event.key === 'ArrowLeft' ? -1 : 1)
  }
  const waits = card.stage_since ? (Date.now() - Date.parse(card.stage_since)) / 1000 : null
  const value =
    card.value && money({ ...card.value, currency: card.value.currency ?? currency }, format.locale, true)
  const facts = [
    card.owner,
    card.stage && waits !== null && t('board.waits', { time: format.duration(waits) }),
  ].filter((fact) => typeof fact === 'string' && fact !== '')
  return (
    <article className={css.card} draggable onDragStart={onDrag} onKeyDown={onKeyDown}>
      <div className={css.top}>
        <Link
          id={cardId(card.id)}
          to="/contacts/$id"
          params={{ id: card.id }}
          draggable={false}
          title={t('board.keys')}
        >
          {name}
        </Link>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('board.move', { name })}
          onClick={onMenu}
        >
          <Icon name="move" size={16} />
        </ActionIcon>
      </div>
      {value && <p>{value}</p>}
      <p className={`caption ${css.facts}`}>
        {facts.map((fact, i) => (
          <span key={i}>
            {i > 0 && '· '}
            {fact}
          </span>
        ))}
      </p>
    </article>
  )
}
