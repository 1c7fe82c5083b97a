import type { WarehouseSetUp } from './shop-api.ts'

type Place = Pick<WarehouseSetUp, 'id' | 'name' | 'city' | 'point'>

/** Three warehouses: 宁波 is 142 km from 杭州, 武汉 562 km. */
export const hangzhou: Place = {
  id: 'hangzhou',
  name: '杭州仓',
  city: '杭州市',
  point: { lng: 120.1551, lat: 30.2741 },
}
export const ningbo: Place = {
  id: 'ningbo',
  name: '宁波仓',
  city: '宁波市',
  point: { lng: 121.5571, lat: 29.8748 },
}
export const wuhan: Place = {
  id: 'wuhan',
  name: '武汉仓',
  city: '武汉市',
  point: { lng: 114.3055, lat: 30.5928 },
}
