import type { ParcelState } from '../kit/parcel.ts'

/** Operation codes of the SF route table. Those not listed are told by the status codes beside them. */
const BY_OPERATION: Readonly<Record<string, ParcelState>> = {
  '50': 'collected',
  '54': 'collected',
  '51': 'collected',
  '43': 'collected',
  '46': 'collected',
  '607': 'collected',
  '646': 'waiting',
  '647': 'waiting',
  '30': 'in-transit',
  '31': 'in-transit',
  '36': 'in-transit',
  '302': 'in-transit',
  '304': 'in-transit',
  '3036': 'in-transit',
  '105': 'in-transit',
  '106': 'in-transit',
  '10': 'in-transit',
  '11': 'in-transit',
  '204': 'in-transit',
  '99': 'in-transit',
  '44': 'out-for-delivery',
  // In a locker, at a shop or partner, or taken out of it by the courier: at its end, not in the buyer's hands.
  '125': 'out-for-delivery',
  '123': 'out-for-delivery',
  '130': 'out-for-delivery',
  '128': 'out-for-delivery',
  '658': 'out-for-delivery',
  '678': 'out-for-delivery',
  '126': 'out-for-delivery',
  '80': 'signed',
  '8000': 'signed',
  '935': 'signed',
  '33': 'exception',
  '70': 'exception',
  '77': 'exception',
  '66': 'exception',
  '870': 'exception',
  '648': 'returning',
  '631': 'returning',
}

/** First status; 5 and 6 are said to be "returned" and "cancelled", which no document of SF confirms. */
const BY_FIRST_STATUS: Readonly<Record<string, ParcelState>> = {
  '1': 'collected',
  '2': 'in-transit',
  '3': 'out-for-delivery',
  '4': 'signed',
  '5': 'returning',
  '6': 'exception',
}

const BY_SECONDARY_STATUS: Readonly<Record<string, ParcelState>> = {
  '101': 'collected',
  '201': 'in-transit',
  '204': 'in-transit',
  '205': 'in-transit',
  '301': 'out-for-delivery',
  '401': 'signed',
  '1301': 'exception',
}

/** What a row of a route says of the parcel. */
export function sfState(opCode: string, firstStatus: string, secondaryStatus: string): ParcelState {
  return (
    BY_OPERATION[opCode] ??
    BY_SECONDARY_STATUS[secondaryStatus] ??
    BY_FIRST_STATUS[firstStatus] ??
    'in-transit'
  )
}

/** The parcel is sent back under a new number, which its remark names. */
export const RETURNED_UNDER_NEW_NUMBER = '648'
