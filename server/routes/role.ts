import type { FastifyInstance } from 'fastify'

/** What a person may do, each role including those before it. */
type Role = 'viewer' | 'operator' | 'builder' | 'admin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least role that may call this route. */
    role?: Role
    /** Platforms and their pages call it: it proves by itself who calls, and any host name may lead to it. */
    fromOutside?: boolean
  }
}

/** Refuses to start with a route below /api that does not say who may call it. */
export function demandRoles(app: FastifyInstance): void {
  app.addHook('onRoute', route => {
    if (route.url.startsWith('/api') && !route.config?.role)
      throw new Error(`${String(route.method)} ${route.url} does not name the role it needs.`)
  })
}
