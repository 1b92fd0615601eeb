import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from './client'
import type { SettingsPatch } from './types'

/** The settings of the workspace, with the tag that an edit of this version carries. */
export const settingsOptions = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => {
    let tag = ''
    const settings = await unwrap(
      api.GET('/v1/workspace', { signal }).then((outcome) => {
        tag = outcome.response.headers.get('ETag') ?? ''
        return outcome
      }),
    )
    return { settings, tag }
  },
})

export function editSettings(body: SettingsPatch, tag: string) {
  return unwrap(api.PATCH('/v1/workspace', { params: { header: { 'If-Match': tag } }, body }))
}
