import { useQuery } from '@tanstack/react-query'
import { sessionOptions } from '@/api/session'

const SCOPES = { owner: 'admin', admin: 'admin', editor: 'write', viewer: 'read' } as const

/** Whether the person who is signed in may do what needs a scope; the server asks again. */
export function useMay(scope: 'write' | 'admin'): boolean {
  const { data: session } = useQuery(sessionOptions)
  const has = session ? SCOPES[session.user.role] : 'read'
  return has === 'admin' || has === scope
}
