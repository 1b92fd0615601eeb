/** The pages that exist, in the order of the rail; `key` follows `g`. */
export const PAGES = [
  { id: 'lifecycle', to: '/', key: 'l', icon: 'lifecycle' },
  { id: 'contacts', to: '/contacts', key: 'c', icon: 'contacts' },
  { id: 'import', to: '/import', key: 'i', icon: 'import' },
  { id: 'stages', to: '/stages', key: 's', icon: 'stages' },
] as const
