// The baseline of accepting: a Fastify route that parses the same body and does nothing else.
import Fastify from 'fastify'

const app = Fastify({ bodyLimit: 8 * 1024 * 1024 })
app.post('/echo', async (_, reply) => reply.code(202).send({ status: 'accepted' }))
const url = await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 0) })
console.log(url)
