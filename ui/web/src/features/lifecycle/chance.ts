/** Below this many journeys a rate is shown with a warning and nothing is compared. */
export const FEW = 30

/**
 * Whether two rates really differ, by Newcombe's interval of a difference from the Wilson intervals of both (method 10,
 * Statistics in Medicine 17, 1998): it does where the interval leaves 0 out. Null where either side is too small.
 */
export function reallyDiffers(now: Sample, before: Sample): boolean | null {
  if (now.of < FEW || before.of < FEW || !now.interval || !before.interval) return null
  if (now.rate === null || before.rate === null) return null
  const by = now.rate - before.rate
  const low = by - Math.hypot(now.rate - now.interval[0], before.interval[1] - before.rate)
  const high = by + Math.hypot(now.interval[1] - now.rate, before.rate - before.interval[0])
  return low > 0 || high < 0
}

export interface Sample {
  rate: number | null
  of: number
  interval: [number, number] | null
}
