/** Where to send to, as typed. */
export interface TargetText {
  emails: string
  webhook: string
}

export const NOWHERE: TargetText = { emails: '', webhook: '' }

/** Addresses between commas, semicolons, spaces or line breaks. */
export function target({ emails, webhook }: TargetText): { emails: string[]; webhook: string } {
  return { emails: emails.split(/[\s,;]+/).filter((one) => one !== ''), webhook: webhook.trim() }
}

/** A typed percentage as a fraction; nothing typed is the interval, which the server writes as 0. */
export function fraction(text: string): number {
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) && value > 0 ? value / 100 : 0
}
