const MOBILE = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g

/** Hides mobile numbers inside a free text, where no field says that it is one: `请打13800138000` → `请打138****8000`. */
export function maskMobiles(text: string): string {
  return text.replace(MOBILE, '$1****$2')
}

/** Whether a field holds text nobody has looked at: the source document, notes of buyer and seller. */
export function isFreeText(path: string): boolean {
  return path.startsWith('source.') || path === 'order.buyerNote' || path === 'order.sellerNote'
}
