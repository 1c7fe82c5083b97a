import { parseArgs } from 'node:util'
import { story as flashSale } from './flash-sale/story.ts'
import { story as onlineRetail } from './online-retail/story.ts'
import { connectTo } from './stage/server-client.ts'
import { startServer } from './stage/server-process.ts'
import type { Story } from './stage/story.ts'
import { createTelling } from './stage/telling.ts'
import { story as threeChannels } from './three-channels/story.ts'
import { story as threeWarehouses } from './three-warehouses/story.ts'

const stories: Readonly<Record<string, Story>> = {
  'three-channels': threeChannels,
  'three-warehouses': threeWarehouses,
  'online-retail': onlineRetail,
  'flash-sale': flashSale,
}

const USAGE = `npm run example <story> -- [--orders 300] [--seed 7] [--url http://127.0.0.1:3000] [folder]

${Object.entries(stories)
  .map(([name, { title }]) => `  ${name.padEnd(18)}${title.zh}  ${title.en}`)
  .join('\n')}

Without --url each story starts a server of its own on a fresh data folder and stops it again.`

/** @returns the exit code: 0 when every invariant holds, 1 when one does not, 2 for a command nobody understands */
async function main(): Promise<number> {
  const write = (line: string) => process.stdout.write(`${line}\n`)
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { orders: { type: 'string' }, seed: { type: 'string' }, url: { type: 'string' } },
  })
  const [name = '', ...words] = positionals
  const story = Object.hasOwn(stories, name) ? stories[name] : undefined
  const orders = values.orders === undefined ? undefined : Number(values.orders)
  const seed = Number(values.seed ?? '7')
  const fits = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most
  if (!story || !fits(seed, 999_999) || (orders !== undefined && !fits(orders, 50_000))) {
    write(USAGE)
    return 2
  }

  const telling = createTelling(write)
  telling.say(story.title)
  const scene = await story.open({ seed, orders, words })
  if ('zh' in scene) {
    telling.say(scene)
    return 0
  }
  try {
    const server = values.url === undefined ? await startServer(scene.env) : undefined
    try {
      await scene.play(connectTo(server?.url ?? values.url!.replace(/\/$/, '')), telling, server)
    } finally {
      await server?.stop()
    }
  } finally {
    await scene.close()
  }
  return telling.broken === 0 ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  process.stderr.write(
    `故事没有讲完  The story broke off: ${error instanceof Error ? error.message : error}${cause}\n`,
  )
  return 1
})
