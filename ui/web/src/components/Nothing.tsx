import { NOTHING } from '@/lib/format'

/** A value that does not exist: a dash, with the reason on hover and for screen readers. */
export function Nothing({ reason }: { reason: string }) {
  return (
    <span className="muted" title={reason}>
      <span aria-hidden="true">{NOTHING}</span>
      <span className="sr-only">{reason}</span>
    </span>
  )
}
