/**
 * `npm run bench [-- seconds] [--repeats 5] [--only accept|hundred|decide]`: orders accepted and decided per
 * second and how long the answer takes, each beside a baseline of the same run.
 */
import { parseArgs } from 'node:util'
import { acceptFigures, type Plan } from './accept.ts'
import { decideFigures } from './decide.ts'
import { type Figure, printFigures } from './figures.ts'
import { hundredFigures } from './hundreds.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeats: { type: 'string', default: '5' },
    port: { type: 'string', default: '3911' },
    only: { type: 'string' },
  },
})
const plan: Plan = {
  port: Number(values.port),
  seconds: Number(positionals[0] ?? 4),
  repeats: Number(values.repeats),
}
const parts: Readonly<Record<string, (plan: Plan) => Promise<Figure[]>>> = {
  accept: acceptFigures,
  hundred: hundredFigures,
  decide: decideFigures,
}

console.log(`Each figure: median of ${plan.repeats} windows of ${plan.seconds} s.`)
for (const [name, part] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue
  printFigures(await part(plan))
}
