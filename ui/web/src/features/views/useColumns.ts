import { useCallback, useState } from 'react'

const key = (view: string) => `tidemark.columns.${view}`

function read(view: string): string[] | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(view)) ?? 'null')
    const texts = Array.isArray(stored) && stored.every((one) => typeof one === 'string')
    return texts && stored.length > 0 ? (stored as string[]) : null
  } catch {
    return null
  }
}

/** The columns chosen for a view on this device; null where the view's own stand. */
export function useColumns(view = ''): [string[] | null, (columns: string[] | null) => void] {
  const [chosen, setChosen] = useState({ view, columns: read(view) })
  // Another view has other columns: read at once, so that the table does not change twice.
  if (chosen.view !== view) setChosen({ view, columns: read(view) })
  const set = useCallback(
    (columns: string[] | null) => {
      setChosen({ view, columns })
      if (columns) localStorage.setItem(key(view), JSON.stringify(columns))
      else localStorage.removeItem(key(view))
    },
    [view],
  )
  return [chosen.columns, set]
}
