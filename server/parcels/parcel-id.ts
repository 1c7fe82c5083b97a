/** What a parcel is called: numbers are one carrier's own. */
export const parcelId = (carrier: string, waybill: string): string => `${carrier}:${waybill.trim()}`
