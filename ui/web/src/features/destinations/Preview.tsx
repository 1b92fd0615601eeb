import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DestinationInput, EventChoice } from '@/api/destinations'
import { previewDestination } from '@/api/destinations'
import { useProblem } from '@/components/useProblem'
import css from './Destinations.module.css'
import { Sent } from './Sent'

/** How long nothing is typed before the preview is made anew. */
const PAUSE_MS = 500

interface Props {
  id?: string
  draft: DestinationInput
  events: EventChoice[]
}

/** What would be sent of a made-up person, as it is typed. */
export function Preview({ id, draft, events }: Props) {
  const { t } = useTranslation()
  const problem = useProblem()
  const event = events[0]?.event ?? 'lead'
  const text = useSettled(JSON.stringify({ id, draft, event }))
  const { data, error } = useQuery({
    // Drafts may hold secrets: they are forgotten as soon as they are not shown.
    queryKey: ['destination-preview', text],
    queryFn: () => previewDestination(JSON.parse(text) as Parameters<typeof previewDestination>[0]),
    gcTime: 0,
    retry: false,
    placeholderData: (before) => before,
  })
  return (
    <div className="stack" role="group" aria-label={t('destinations.preview')}>
      {error && <p className={css.problem}>{problem.text(error)}</p>}
      {data && !data.ok && <p className="caption">{data.why}</p>}
      {data && !error && <Sent request={data.request} />}
    </div>
  )
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
