import { queryOptions } from '@tanstack/react-query'
import { isApiError } from './problem'
import { api, idempotent, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Member = Schemas['User']
export type Role = Schemas['AddMemberInputBody']['role']
export type Key = Schemas['KeyView']
export type NewKey = Schemas['CreateKeyInputBody']
export type KeyScope = NewKey['scope']

export const membersKey = ['members'] as const
export const keysKey = ['keys'] as const

export const membersOptions = queryOptions({
  queryKey: membersKey,
  queryFn: ({ signal }) => unwrap(api.GET('/v1/members', { signal })),
})
export const keysOptions = queryOptions({
  queryKey: keysKey,
  queryFn: ({ signal }) => unwrap(api.GET('/v1/keys', { signal })),
})

export interface NewMember {
  name: string
  email: string
  role: Role
  /** What they sign in with at first, if they are new on this server. */
  password: string
}

/**
 * Lets a person in. Who is known from another workspace keeps their password, so it is tried without one; the
 * answer says whether the given one is theirs now.
 */
export async function addMember({
  password,
  ...body
}: NewMember): Promise<{ member: Member; fresh: boolean }> {
  const post = (more: { password?: string }) =>
    unwrap(api.POST('/v1/members', { params: { header: idempotent() }, body: { ...body, ...more } }))
  try {
    return { member: await post({}), fresh: false }
  } catch (error) {
    if (!isApiError(error, 422) || !error.field('password')) throw error
    return { member: await post({ password }), fresh: true }
  }
}
export function editMember({ id, role }: { id: string; role: Role }) {
  return unwrap(api.PATCH('/v1/members/{id}', { params: { path: { id } }, body: { role } }))
}
export function removeMember(id: string) {
  return unwrap<unknown>(api.DELETE('/v1/members/{id}', { params: { path: { id } } }))
}

export function makeKey(body: NewKey) {
  return unwrap(api.POST('/v1/keys', { params: { header: idempotent() }, body }))
}
export function editKey({ id, ...body }: { id: string; name: string; origins?: string[] }) {
  return unwrap(api.PATCH('/v1/keys/{id}', { params: { path: { id } }, body }))
}
export function removeKey(id: string) {
  return unwrap<unknown>(api.DELETE('/v1/keys/{id}', { params: { path: { id } } }))
}

export function changePassword(body: { password: string; next: string }) {
  return unwrap<unknown>(api.PUT('/v1/session/password', { body }))
}
