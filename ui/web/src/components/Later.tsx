import { useIntersection } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Suspense, useEffect, useState } from 'react'
import { Skeleton } from './states'

interface Props {
  /** What it will be high at first, so that nothing jumps. */
  height: number
  children: ReactNode
}

/** A part of the page that is fetched and drawn when the reader comes near it, or prints the page. */
export function Later({ height, children }: Props) {
  const { ref, entry } = useIntersection<HTMLDivElement>({ rootMargin: '600px' })
  const [shown, setShown] = useState(false)
  const near = entry?.isIntersecting ?? false
  useEffect(() => {
    if (near) setShown(true)
    const show = () => setShown(true)
    window.addEventListener('beforeprint', show)
    return () => window.removeEventListener('beforeprint', show)
  }, [near])
  const rest = <Skeleton height={height} />
  return <>{shown ? <Suspense fallback={rest}>{children}</Suspense> : <div ref={ref}>{rest}</div>}</>
}
