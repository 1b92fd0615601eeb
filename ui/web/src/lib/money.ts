/** Money between minor units (cents), as the interface counts, and what people type and read. Pure. */

export interface Money {
  amount: number
  currency: string
}

/** How many digits a currency has after the point: two for most, none for yen. */
export function digits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    return format.resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** `1050` cents -> `10.50`. */
export function toMajor({ amount, currency }: Money): string {
  const after = digits(currency)
  return (amount / 10 ** after).toFixed(after)
}

/** `10,5` or `10.50` -> `1050` cents; undefined for what is no amount. */
export function toMinor(text: string, currency: string): number | undefined {
  const clean = text.trim().replace(/\s/g, '').replace(',', '.')
  if (!/^-?\d+(\.\d+)?$/.test(clean)) return undefined
  const minor = Math.round(Number(clean) * 10 ** digits(currency))
  return Number.isSafeInteger(minor) ? minor : undefined
}

/** `brief` leaves out cents that are none: for where amounts do not stand below each other. */
export function money({ amount, currency }: Money, locale: string, brief = false): string {
  const value = amount / 10 ** digits(currency)
  const trailingZeroDisplay = brief ? 'stripIfInteger' : 'auto'
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay }).format(value)
  } catch {
    return `${value} ${currency}`
  }
}
