import type { KeyScope, Member, Role } from '@/api/access'

/** Mightiest first, as the server lists them. */
export const ROLES: readonly Role[] = ['owner', 'admin', 'editor', 'viewer']
/** What is asked for most comes first. */
export const SCOPES: readonly KeyScope[] = ['read', 'write', 'collect', 'admin']

export const asRole = (text: string): Role => ROLES.find((role) => role === text) ?? 'viewer'
export const asScope = (text: string): KeyScope => SCOPES.find((scope) => scope === text) ?? 'read'

/** What an admin may give: only owners make owners. */
export function rolesToGive(mine: string): readonly Role[] {
  return mine === 'owner' ? ROLES : ROLES.filter((role) => role !== 'owner')
}

/** Whether a person may be given another role or taken out by somebody with a role; one owner stays. */
export function mayChange(member: Member, mine: string, all: readonly Member[]): boolean {
  if (mine !== 'owner' && mine !== 'admin') return false
  if (member.role !== 'owner') return true
  return mine === 'owner' && all.filter((other) => other.role === 'owner').length > 1
}

/** The sites that people typed, as browsers name them: `Example.com/` is `https://example.com`. */
export function origins(text: string): string[] {
  const sites = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((site) => {
      try {
        return new URL(/^[a-z]+:\/\//i.test(site) ? site : `https://${site}`).origin
      } catch {
        return site
      }
    })
  return [...new Set(sites)]
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to begin with, easy to read aloud: four groups of five out of 31 letters are 99 bits. */
export function firstPassword(): string {
  const words = Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => LETTERS[below(LETTERS.length)]).join(''),
  )
  return words.join('-')
}

/** A fair random number: bytes beyond the last whole multiple are drawn again. */
function below(n: number): number {
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
  return byte < 256 - (256 % n) ? byte % n : below(n)
}
