/** The pages of settings, in the order in which they are needed. */
export const SETTINGS = [
  { id: 'tracking', to: '/settings/tracking' },
  { id: 'costs', to: '/settings/costs' },
  { id: 'destinations', to: '/settings/destinations' },
  { id: 'people', to: '/settings/people' },
] as const
