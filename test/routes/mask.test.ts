import { describe, expect, it } from 'vitest'
import { maskDetail, maskDocument, maskName, maskPhone } from '../../server/mask.ts'
import type { Order } from '../../server/workflow/order.ts'

const order = {
  phone: '057188886666',
  order_customer_name: '欧阳小明',
  address: {
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    detail: '文三路 90 号东部软件园 1 号楼',
  },
} as Order

describe('masking', () => {
  it('hides the middle of phones, all but the beginning of names, and the door of an address', () => {
    expect(maskPhone('13800000000')).toBe('138****0000')
    expect(maskPhone('12345')).toBe('****45')
    expect(maskPhone('1')).toBe('*')
    expect(maskPhone('')).toBe('')
    expect(maskName('张小明')).toBe('张**')
    expect(maskName('𠮷野家')).toBe('𠮷**')
    expect(maskName('')).toBe('')
    expect(maskDetail('文三路 90 号')).toBe('文三路 ****')
    expect(maskDetail('')).toBe('')
  })

  it('masks a source document by its keys, by what looks like a mobile, and by what the order knows', () => {
    const masked = maskDocument(
      {
        receiver_mobile: '13911112222',
        receiverName: '李四',
        post_addr: { detail_info: '某路 1 号', town: { name: '西溪街道' } },
        memo: '请打 13911112222 或 057188886666,欧阳小明收,文三路 90 号东部软件园 1 号楼',
        tid: '6920212345678901234',
        items: [{ sku: 'A', num: 2 }],
      },
      order,
    )
    expect(masked).toEqual({
      receiver_mobile: '139****2222',
      receiverName: '李**',
      post_addr: { detail_info: '某路 1****', town: { name: '西溪街道' } },
      memo: '请打 139****2222 或 0571****6666,欧**收,文三路 ****',
      tid: '6920212345678901234',
      items: [{ sku: 'A', num: 2 }],
    })
  })

  it('leaves the document itself as it was, and copes with keys named like object internals', () => {
    const source = JSON.parse('{"__proto__":{"phone":"13911112222"},"constructor":"13911112222"}') as object
    expect(JSON.stringify(maskDocument(source))).toBe(
      '{"__proto__":{"phone":"139****2222"},"constructor":"139****2222"}',
    )
    expect(JSON.stringify(source)).toContain('13911112222')
  })
})
