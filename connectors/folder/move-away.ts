import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'

/** Moves a file that was dealt with out of the way, never over another; what was wrong goes beside it first. */
export async function moveAway(path: string, folder: 'done' | 'failed', problems?: object): Promise<void> {
  const target = join(dirname(path), folder)
  await mkdir(target, { recursive: true })
  const to = await freeName(target, basename(path))
  if (problems) await writeFile(`${to}.problems.json`, `${JSON.stringify(problems, null, 2)}\n`)
  await rename(path, to)
}

/** `orders.csv`, `orders.2.csv`, … One process at a time polls a folder, so the name stays free. */
async function freeName(folder: string, name: string): Promise<string> {
  const ending = extname(name)
  for (let count = 1; ; count++) {
    const candidate = join(folder, count === 1 ? name : `${basename(name, ending)}.${count}${ending}`)
    const taken = await access(candidate).then(
      () => true,
      () => false,
    )
    if (!taken) return candidate
  }
}
