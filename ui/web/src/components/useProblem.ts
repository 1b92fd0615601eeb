import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '@/api/problem'
import { isApiError } from '@/api/problem'
import type { FieldError } from '@/api/types'
import { useSaying } from '@/lib/useSaying'

/** Codes that say the same to a person, however many there are for programs. */
function commonCode({ status, code, params }: ApiError): string {
  if (status === 404) return 'not_found'
  if (code.startsWith('too_many_') && 'max' in params) return 'no_room'
  return code
}

/** What the server refused, in the reader's language; what is not known here, as the server says it. */
export function useProblem() {
  const { t } = useTranslation()
  const say = useSaying()
  return useMemo(() => {
    const wrong = ({ code, message, params }: FieldError) =>
      say('wrong', { code: code ?? '', text: message, params })
    const refused = (error: ApiError) => {
      const own = say('problem', { code: error.code, text: '', params: error.params })
      if (own) return own
      const common = error.status === 503 ? 'busy' : commonCode(error)
      return say('problem', { code: common, text: error.message, params: error.params })
    }
    return {
      /** One sentence of what went wrong. */
      text(error: unknown): string {
        if (isApiError(error, 0)) return t('error.offline')
        if (!isApiError(error)) return t('error.title')
        const [first] = error.fields
        // The reason stands at its place, in place of a sentence of its own.
        if (error.code === 'cannot_undo' && first) {
          return say('why', { code: first.code ?? '', text: first.message, params: first.params })
        }
        if (error.code === 'invalid' && first?.code) return wrong(first)
        return refused(error) || t('error.title')
      },
      /** What is wrong with one field, such as `password`. */
      field(error: unknown, name: string): string | undefined {
        const found = isApiError(error) ? error.field(name) : undefined
        return found && wrong(found)
      },
      /** What is wrong with any field. */
      wrong,
    }
  }, [t, say])
}
