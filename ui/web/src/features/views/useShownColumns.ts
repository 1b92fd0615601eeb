import { useMemo } from 'react'
import { useColumns } from './useColumns'

/** Which columns of a table are shown, in which order: as chosen on this device, else all but the hidden. */
export function useShownColumns<C extends { id: string }>(
  view: string,
  columns: C[],
  hidden?: readonly string[],
) {
  const [chosen, choose] = useColumns(view)
  const shown = useMemo(() => {
    const known = chosen?.filter((one) => columns.some((column) => column.id === one)) ?? []
    if (known.length === 0) return columns.map((column) => column.id).filter((one) => !hidden?.includes(one))
    const first = columns[0]?.id
    return first === undefined || known.includes(first) ? known : [first, ...known]
  }, [chosen, columns, hidden])
  const visible = useMemo(
    () => shown.flatMap((one) => columns.find((column) => column.id === one) ?? []),
    [shown, columns],
  )
  return { shown, visible, choose }
}
