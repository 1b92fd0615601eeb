import { queryString } from '@/api/query'

/** The address holds report state as the HTTP interface spells it: `?source=Meta&source=TikTok`. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {}
  const params = new URLSearchParams(text)
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name)
    out[name] = values.length > 1 ? values : (values[0] ?? '')
  }
  return out
}

export function stringifySearch(search: Record<string, unknown>): string {
  const text = queryString(search)
  return text ? `?${text}` : ''
}
