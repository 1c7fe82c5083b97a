import type { ActionBodies } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { Settings1688 } from './settings.ts'

const refused = (said: string) => new ConnectorError({ class: 'business', said })

/**
 * `addressParam`: the customer where it is shipped to one, else our warehouse.
 * @throws ConnectorError class `business` where an address is not complete or cannot be read
 */
export function addressParam(
  shipTo: ActionBodies['purchase']['shipTo'],
  settings: Settings1688,
): Readonly<Record<string, string | number>> {
  if (shipTo) return customer(shipTo)
  const { addressFrom = 'saved', addressId } = settings
  if (addressFrom === 'saved') {
    if (!addressId) throw refused('没有填 1688 收货地址编号。请在这个连接的设置里填上，或改为「写在这里」')
    return { addressId: Number(addressId) }
  }
  const { fullName, mobile, provinceText, cityText, areaText, townText, address, postCode } = settings
  if (!fullName || !mobile || !provinceText || !cityText || !address)
    throw refused('本仓的收货地址不完整。请在这个连接的设置里填上收货人、手机、省、市和详细地址')
  return {
    fullName,
    mobile,
    phone: '',
    postCode: postCode ?? '',
    provinceText,
    cityText,
    areaText: areaText ?? '',
    townText: townText ?? '',
    address,
    districtCode: '',
  }
}

function customer({
  name = '',
  phone = '',
  province,
  city,
  district,
  detail,
}: NonNullable<ActionBodies['purchase']['shipTo']>): Readonly<Record<string, string>> {
  if (!name || !phone) throw refused('代发需要收件人的姓名和手机号，这笔订单没有')
  if ([name, phone, detail].some(text => text.includes('*')))
    throw refused('收件人是打码的，供货商没法发货。请先在订单里查看收件人，再人工采购')
  return {
    fullName: name,
    mobile: phone,
    phone: '',
    postCode: '',
    provinceText: province,
    cityText: city,
    areaText: district,
    townText: '',
    address: detail,
    districtCode: '',
  }
}
