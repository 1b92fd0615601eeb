/** The pages that exist, in the order of the rail; `key` follows `g`. */
export const PAGES = [
  { id: 'lifecycle', to: '/', key: 'r', icon: 'lifecycle' },
  { id: 'kept', to: '/kept', key: 'k', icon: 'kept' },
  { id: 'sources', to: '/sources', key: 'u', icon: 'sources' },
  { id: 'opportunities', to: '/opportunities', key: 'o', icon: 'opportunities' },
  { id: 'contacts', to: '/contacts', key: 'c', icon: 'contacts' },
  { id: 'lists', to: '/lists', key: 't', icon: 'list' },
  { id: 'import', to: '/import', key: 'i', icon: 'import' },
  { id: 'log', to: '/log', key: 'l', icon: 'log' },
  { id: 'stages', to: '/stages', key: 's', icon: 'stages' },
  { id: 'settings', to: '/settings', key: 'e', icon: 'settings' },
] as const
