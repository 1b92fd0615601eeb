import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { boardKey, boardOptions } from '@/api/board'
import { setStage } from '@/api/contacts'
import { lifecycleKey } from '@/api/lifecycle'
import { sawWrite } from '@/api/seen'
import { sessionOptions } from '@/api/session'
import type { Board, BoardColumn, Contact } from '@/api/types'
import { ErrorState, Skeleton } from '@/components/states'
import { useToast } from '@/components/Toasts'
import { useProblem } from '@/components/useProblem'
import { ContactsHead } from '@/features/contacts/ContactsHead'
import { FilterLine } from '@/features/contacts/FilterLine'
import type { ContactSearch } from '@/features/views/search'
import { asked } from '@/features/views/search'
import { useView } from '@/features/views/useView'
import { ViewBar } from '@/features/views/ViewBar'
import { useCalled } from '@/lib/useCalled'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import css from './Board.module.css'
import { Card, cardId } from './Card'
import { asks, beside, columnFilter, columnId, direction, findCard, NO_STAGE, withMove } from './model'
import { MoveDialog } from './MoveDialog'

const route = getRouteApi('/app/contacts/board')

/** A move that waits for its reason. */
interface Wish {
  card: Contact
  to: BoardColumn
}

export default function BoardView() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (next: ContactSearch, replace = false) => void navigate({ search: next, replace })
  const view = useView(search.view)
  const { filter, q } = asked(search, view)
  const options = boardOptions({ filter: filter || undefined, q: q || undefined, limit: 30 })
  const query = useQuery({ ...options, enabled: !search.view || view !== undefined })
  const [wish, setWish] = useState<Wish>()
  const move = useMove(options.queryKey)
  useTitle(t('board.title'))

  const ask = (card: Contact, to: BoardColumn) => {
    move.reset()
    setWish({ card, to })
  }
  const wanted = (id: string, to: BoardColumn | undefined) => {
    const found = query.data && findCard(query.data, id)
    if (!found || !to || columnId(to) === columnId(found.column)) return
    if (asks(direction(found.column.stage, to.stage))) ask(found.card, to)
    else move.mutate({ card: found.card, to })
  }
  return (
    <div className="page">
      <ContactsHead search={search} onSearch={(text) => setSearch({ ...search, q: text }, true)} />
      <div className="stack">
        <ViewBar
          search={search}
          view={view}
          columns={null}
          onChange={setSearch}
          onColumns={() => undefined}
        />
        <FilterLine filter={filter} onChange={(next) => setSearch({ ...search, filter: next })}>
          <span className="caption">{t('board.hint')}</span>
        </FilterLine>
      </div>
      {query.isPending && <Skeleton height={480} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.data && <Columns board={query.data} filter={filter} q={q} onMove={wanted} onAsk={ask} />}
      {wish && (
        <MoveDialog
          card={wish.card}
          to={wish.to}
          columns={query.data?.columns ?? []}
          move={move}
          onClose={() => setWish(undefined)}
          onMove={(to, note) =>
            move.mutate({ card: wish.card, to, note }, { onSuccess: () => setWish(undefined) })
          }
        />
      )}
    </div>
  )
}

const MOVE = ['move on the board']

/**
 * Shown at once; the board is then read again with the move in it, or put back as it was. What is asked for before a
 * move does not know of it, and moves that follow each other are read together.
 */
function useMove(queryKey: readonly unknown[]) {
  const { t } = useTranslation()
  const called = useCalled()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  return useMutation({
    mutationKey: MOVE,
    mutationFn: ({ card, to, note }: { card: Contact; to: BoardColumn; note?: string }) =>
      setStage({ id: card.id, stage: to.stage?.id ?? null, note: note || undefined }),
    onMutate: async ({ card, to }) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData<Board>(queryKey)
      if (before) {
        client.setQueryData(queryKey, withMove(before, card.id, columnId(to), new Date().toISOString()))
      }
      return { before }
    },
    onSuccess: async ({ seq }, { card, to }) => {
      const name = called(card)
      toast(to.stage ? t('board.moved', { name, stage: to.stage.name }) : t('board.movedOut', { name }))
      sawWrite(client, seq)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['contact', card.id] }),
        client.invalidateQueries({ queryKey: ['contacts'] }),
        client.invalidateQueries({ queryKey: lifecycleKey }),
      ])
    },
    onError: (error, { note }, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before)
      // A dialog says it itself, and keeps the note.
      if (note === undefined) toast(`${problem.text(error)} ${t('board.putBack')}`)
    },
    onSettled: () => {
      if (client.isMutating({ mutationKey: MOVE }) === 1)
        void client.invalidateQueries({ queryKey: boardKey })
    },
  })
}

interface ColumnsProps {
  board: Board
  filter: string
  q: string
  onMove: (id: string, to: BoardColumn | undefined) => void
  /** Opens the dialog, whatever the move means. */
  onAsk: (card: Contact, to: BoardColumn) => void
}

/** A card that a key moved is another element in its new column: the focus follows it there. */
function useFollow(board: Board) {
  const moved = useRef<string>(undefined)
  useEffect(() => {
    const id = moved.current
    const free = document.activeElement === null || document.activeElement === document.body
    if (id && free) document.getElementById(cardId(id))?.focus()
  }, [board])
  return moved
}

function Columns({ board, filter, q, onMove, onAsk }: ColumnsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: session } = useQuery(sessionOptions)
  const [over, setOver] = useState<string>()
  const dragged = useRef<string>(undefined)
  const moved = useFollow(board)
  return (
    <div className={css.board} role="region" aria-label={t('board.title')} tabIndex={0}>
      {board.columns.map((column) => {
        const id = columnId(column)
        return (
          <section
            key={id}
            className={css.column}
            aria-labelledby={`column-${id}`}
            data-kind={column.stage?.kind ?? NO_STAGE}
            data-over={over === id || undefined}
            onDragOver={(event) => {
              event.preventDefault()
              setOver(id)
            }}
            onDragLeave={() => setOver((was) => (was === id ? undefined : was))}
            onDrop={(event) => {
              event.preventDefault()
              setOver(undefined)
              if (dragged.current) onMove(dragged.current, column)
            }}
          >
            <h2 id={`column-${id}`} className={css.head}>
              <span>
                {column.stage?.emoji && `${column.stage.emoji} `}
                {column.stage?.name ?? t('contacts.no.stage')}
              </span>
              <span className="caption">{format.number(column.count)}</span>
            </h2>
            <ol className={css.cards}>
              {column.items.map((card) => (
                <li key={card.id}>
                  <Card
                    card={card}
                    currency={session?.workspace.currency ?? 'EUR'}
                    onDrag={() => (dragged.current = card.id)}
                    onKey={(by) => {
                      moved.current = card.id
                      onMove(card.id, beside(board, id, by))
                    }}
                    onMenu={() => {
                      moved.current = card.id
                      onAsk(card, beside(board, id, 1) ?? column)
                    }}
                  />
                </li>
              ))}
            </ol>
            {column.count > column.items.length && (
              <p className="caption">
                <Link to="/contacts" search={{ filter: columnFilter(filter, column), q: q || undefined }}>
                  {t('board.more', { number: format.number(column.count - column.items.length) })}
                </Link>
              </p>
            )}
          </section>
        )
      })}
    </div>
  )
}
