import * as z from 'zod/mini'
import { PRESETS } from '@/features/lifecycle/search'

export const ACTORS = ['user', 'api', 'workflow', 'form', 'import', 'bulk'] as const
export type ActorKind = (typeof ACTORS)[number]
export const COUNTED = ['yes', 'no'] as const

const text = z.catch(z.optional(z.string().check(z.maxLength(600))), undefined)
const day = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined)

/** All state of the log. An address that names nonsense shows the default, never an error. */
export const logSearch = z.object({
  preset: z.catch(z.optional(z.enum(PRESETS)), undefined),
  from: day,
  to: day,
  q: text,
  actor: z.catch(z.optional(z.enum(ACTORS)), undefined),
  stage: text,
  counted: z.catch(z.optional(z.enum(COUNTED)), undefined),
  contact: text,
})
export type LogSearch = z.infer<typeof logSearch>
