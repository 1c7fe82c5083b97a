import { Type } from 'typebox'
import { orderStream, type ShopApi, setUpShop } from '../../examples/three-channels/shop.ts'
import type { Api } from './api.ts'
import { demoShop } from './demo-shop.ts'

const StateShape = Type.Object({ running: Type.Boolean(), sent: Type.Number(), total: Type.Number() })

/** The demo shop: the three-channels story through the same API everybody uses. */
export function demoRoutes(app: Api): void {
  const api: ShopApi = {
    async request(method, path, body) {
      const answer = await app.inject({
        method: method as 'GET',
        url: path,
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return {
        status: answer.statusCode,
        body: answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown),
      }
    },
  }
  const shop = demoShop({
    post: async (connection, documents) =>
      (await api.request('POST', `/api/intake/${connection}`, documents)).status,
    log: app.log,
  })
  app.addHook('preClose', () => shop.stop())

  app.post(
    '/api/demo',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['demo'],
        summary: 'Starts the demo shop: three channels, its rules, its stock, and orders at a pleasant rate',
        response: { 202: Type.Object({ story: Type.String(), orders: Type.Number() }) },
      },
    },
    async (_request, reply) => {
      if (!shop.state().running) {
        await setUpShop(api)
        // Another seed each time: the same orders again would be repeats, and nothing would be seen.
        shop.start([...orderStream(Math.floor(Date.now() / 1000))])
      }
      return reply.code(202).send({ story: 'three-channels', orders: shop.state().total })
    },
  )

  app.get(
    '/api/demo',
    {
      config: { role: 'viewer' },
      schema: { tags: ['demo'], summary: 'How far the demo shop is', response: { 200: StateShape } },
    },
    async () => shop.state(),
  )

  app.delete(
    '/api/demo',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['demo'],
        summary: 'Stops feeding; what was accepted stays',
        response: { 200: StateShape },
      },
    },
    async () => {
      await shop.stop()
      return shop.state()
    },
  )
}
