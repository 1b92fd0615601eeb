import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const POLL_MS = 10_000
export type LiveState = 'live' | 'polling' | 'paused'

/**
 * Renews a query family while the page is open: by the server's events, or every ten seconds where events do
 * not come through. A hidden tab holds no connection and catches up when it is shown again.
 */
export function followChanges(
  client: QueryClient,
  queryKey: readonly unknown[],
  onState: (state: LiveState) => void,
): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  const refresh = () => void client.invalidateQueries({ queryKey })

  function stop() {
    source?.close()
    source = undefined
    clearInterval(timer)
    timer = undefined
  }
  function poll() {
    if (timer !== undefined) return
    timer = setInterval(refresh, POLL_MS)
    onState('polling')
  }
  function start() {
    if (typeof EventSource === 'undefined') return poll()
    source = new EventSource('/v1/events')
    source.addEventListener('change', refresh)
    source.addEventListener('open', () => {
      clearInterval(timer)
      timer = undefined
      onState('live')
    })
    source.addEventListener('error', poll)
  }
  function onVisibility() {
    stop()
    if (document.hidden) return onState('paused')
    refresh()
    start()
  }

  document.addEventListener('visibilitychange', onVisibility)
  if (!document.hidden) start()
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    stop()
  }
}

export function useLive(queryKey: readonly unknown[]): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('polling')
  useEffect(() => followChanges(client, queryKey, setState), [client, queryKey])
  return state
}
