/** Line icons on a 20 px grid, drawn here so that no icon font or package is loaded. */
const PATHS = {
  lifecycle: 'M3 4h14M5 9h10M7.5 14h5',
  sources: 'M3 5h4l5 5-5 5H3M12 10h5m0 0-2.500-2.500M17 10l-2.500 2.500',
  opportunities: 'M4 16.500V10h3v6.500M8.500 16.500v-12h3v12M13 16.500V7.500h3v9',
  contacts: 'M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M3.8 17c.6-3 3-4.6 6.2-4.6s5.6 1.600 6.200 4.600',
  import: 'M10 3v9m0 0 3.500-3.500M10 12 6.500 8.500M3.500 13.500V16a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-2.500',
  log: 'M10 5.500V10l3 2M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  grip: 'M8 5.500h.01M12 5.500h.01M8 10h.01M12 10h.01M8 14.500h.01M12 14.500h.01',
  lock: 'M5.500 9h9v7.500h-9zM7.500 9V6.500a2.500 2.500 0 0 1 5 0V9',
  undo: 'M7 4.500 3.500 8 7 11.500M3.500 8H12a4 4 0 0 1 0 8H9',
  stages: 'M4 5.500h.01M8 5.500h8.500M4 10h.01M8 10h8.500M4 14.500h.01M8 14.500h8.500',
  help: 'M7.500 7.500a2.500 2.500 0 1 1 3.600 2.200c-.7.4-1.100.9-1.100 1.800M10 14.600v.01M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16',
  sun: 'M10 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M10 1.800v1.400M10 16.800v1.400M1.800 10h1.400M16.800 10h1.400M4.200 4.200l1 1M14.800 14.800l1 1M4.200 15.800l1-1M14.800 5.200l1-1',
  moon: 'M16.500 11.800A7 7 0 0 1 8.200 3.500a7 7 0 1 0 8.300 8.300',
  auto: 'M10 17a7 7 0 1 0 0-14v14ZM10 3a7 7 0 0 0 0 14',
  out: 'M8 3.500H5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h3M12.500 13.500 16 10l-3.500-3.500M16 10H8',
  list: 'M3.500 5.500h7M3.500 10h7M3.500 14.500h4M12.500 13l1.800 1.800 3-3.600',
  filter: 'M3 4.500h14l-5.500 6.500v5l-3-1.500V11L3 4.500',
  columns: 'M4 4h12v12H4zM8 4v12M12 4v12',
  kept: 'M5.500 3h9v14l-4.500-3.500L5.500 17z',
  move: 'M4 10h12m0 0-4-4m4 4-4 4',
  close: 'm5.500 5.500 9 9m0-9-9 9',
  plus: 'M10 4v12M4 10h12',
  up: 'm5.500 11.500 4.500-5 4.500 5',
  down: 'm5.500 8.500 4.500 5 4.500-5',
  download: 'M10 3.500v8.500m0 0 3-3m-3 3-3-3M4 16.500h12',
  edit: 'm4 16 .8-3.400L13.500 4l2.600 2.600-8.700 8.600L4 16',
  search: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11M13 13l4 4',
  user: 'M10 10a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400M3.800 17c.6-3 3-4.600 6.200-4.600s5.600 1.600 6.200 4.600',
  pause: 'M7 5v10M13 5v10',
  weak: 'm4 6 5 5 2.500-2.500L16 13m0-4v4h-4',
  file: 'M5 2.500h6.500L15.500 6.500v11h-10.500zM11.500 2.500v4h4',
} as const
export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
