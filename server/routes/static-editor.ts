import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { unknownAddress } from './error-handler.ts'

const EDITOR_DIR = fileURLToPath(new URL('../../dist/editor', import.meta.url))

const MISSING_PAGE = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>织单 Orderloom</title>
<body style="font-family:system-ui,sans-serif;max-width:40rem;margin:4rem auto;line-height:1.7">
<h1>织单 Orderloom</h1>
<p>服务已启动,但页面尚未构建。请运行 <code>npm run build:editor</code>,然后刷新。接口文档见 <a href="/docs">/docs</a>。</p>
<p>The server runs, but its pages are not built yet. Run <code>npm run build:editor</code> and reload.
The API is described at <a href="/docs">/docs</a>.</p>
</body></html>`

/**
 * Serves the built editor. Addresses of its pages answer index.html, so that links into it work;
 * everything else unknown is a coded 404.
 */
export async function serveEditor(app: FastifyInstance, editorDir = EDITOR_DIR): Promise<void> {
  const index = join(editorDir, 'index.html')
  const assets = join(editorDir, 'assets') + sep
  if (existsSync(index))
    await app.register(fastifyStatic, {
      root: editorDir,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders(reply, path) {
        // File names of assets change with their content; the page that names them must be asked for anew.
        const isHashed = path.startsWith(assets)
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  app.setNotFoundHandler(async (request, reply) => {
    if (!wantsPage(request)) throw unknownAddress(request)
    return page(reply, index)
  })
}

function wantsPage(request: FastifyRequest): boolean {
  const [path = ''] = request.url.split('?')
  const isApi = /^\/(api|docs|metrics|socket\.io)(\/|$)/.test(path)
  return request.method === 'GET' && !isApi && (request.headers.accept?.includes('text/html') ?? false)
}

async function page(reply: FastifyReply, index: string): Promise<FastifyReply> {
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache')
  return existsSync(index) ? reply.send(await readFile(index, 'utf8')) : reply.code(503).send(MISSING_PAGE)
}
