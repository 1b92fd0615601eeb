/** Where to go after the sign-in: only to an address of this site, never to one that a link brought in. */
export function safeNext(next: string | undefined): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || next.startsWith('/\\')) return '/'
  return next
}

export const PASSWORD_LENGTH = 10
