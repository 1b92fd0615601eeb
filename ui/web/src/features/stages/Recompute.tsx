import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { lifecycleKey } from '@/api/lifecycle'
import { historyOptions } from '@/api/stages'
import type { ConfigurationEdit, Recomputing } from '@/api/types'
import { useFormat } from '@/lib/useFormat'
import css from './Stages.module.css'

const POLL_MS = 1_000
/** Right after an edit its recomputation may not have begun, and its effect is not counted yet. */
const FRESH_MS = 15_000

/** Whether something is still to come: a recomputation under way, or an effect that is being counted. */
function underWay(newest: ConfigurationEdit | undefined, recomputing: Recomputing | null): boolean {
  if (recomputing) return true
  const uncounted = newest?.recomputes && !newest.effect
  return uncounted === true && Date.now() - Date.parse(newest?.at ?? '') < FRESH_MS * 20
}

/** The history of the configuration, asked for again while its latest edit is being worked in. */
export function useHistory() {
  const client = useQueryClient()
  const query = useQuery({
    ...historyOptions,
    refetchInterval: ({ state }) => {
      const newest = state.data?.items[0]
      const fresh = newest?.recomputes && Date.now() - Date.parse(newest.at) < FRESH_MS
      return state.data && (fresh || underWay(newest, state.data.recomputing)) ? POLL_MS : false
    },
  })
  const running = query.data?.recomputing != null
  const ran = useRef(false)
  useEffect(() => {
    if (ran.current && !running) void client.invalidateQueries({ queryKey: lifecycleKey })
    ran.current = running
  }, [client, running])
  return query
}

/** Says, while it lasts, that reports still show the old stages. */
export function RecomputeLine({ recomputing }: { recomputing: Recomputing | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = recomputing && recomputing.total > 0 ? recomputing.done / recomputing.total : null
  return (
    <div role="status" className={recomputing ? css.recompute : undefined}>
      {recomputing && (
        <>
          <span>
            {t('stages.recomputing')}{' '}
            {share !== null && t('stages.recomputed', { share: format.rate(Math.min(1, share)) })}
          </span>
          <progress aria-label={t('stages.recomputing')} max={1} value={share ?? undefined} />
        </>
      )}
    </div>
  )
}
