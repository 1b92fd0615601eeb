import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { usePrinting } from './usePrinting'

/** The colours of `styles/tokens.css` as values, for what is drawn by script. */
export interface Palette {
  ink: string
  ink2: string
  line: string
  lineStrong: string
  paper: string
  surface: string
  won: string
  lost: string
  left: string
  open: string
  accent: string
  stageFrom: string
  stageTo: string
  wedge: string
  /** Ten colours of groups, in fixed order. */
  groups: string[]
}

const NAMES = {
  ink: '--ink',
  ink2: '--ink-2',
  line: '--line',
  lineStrong: '--line-strong',
  paper: '--paper',
  surface: '--surface',
  won: '--won',
  lost: '--lost',
  left: '--left',
  open: '--open',
  accent: '--accent',
  stageFrom: '--stage-from',
  stageTo: '--stage-to',
  wedge: '--wedge',
} as const

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  const entries = Object.entries(NAMES).map(([key, name]) => [key, read(name)])
  const groups = Array.from({ length: 10 }, (_, i) => read(`--group-${i + 1}`))
  return { ...(Object.fromEntries(entries) as Record<keyof typeof NAMES, string>), groups }
}

/** The palette of the colour scheme in force; paper is light. */
export function usePalette(): Palette {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const printing = usePrinting()
  // Both decide what the tokens are worth.
  return useMemo(readPalette, [scheme, printing])
}
