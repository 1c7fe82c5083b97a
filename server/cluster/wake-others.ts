import type { News } from './news.ts'

/** Woken at most so often: at the rush each request would be a message of its own otherwise. */
const GATHER_MS = 10

/** Tells the workers of other processes that these lanes have something to do. */
export function wakeOthers(news: Pick<News, 'tell'>): (lanes: Iterable<number>) => void {
  const gathered = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  return lanes => {
    for (const lane of lanes) gathered.add(lane)
    timer ??= setTimeout(() => {
      timer = undefined
      news.tell('wake', { lanes: [...gathered] })
      gathered.clear()
    }, GATHER_MS)
    timer.unref()
  }
}
