import { Type } from 'typebox'
import type { Seller, World } from '../world/world.ts'
import { hint } from './hints.ts'
import type { RunData } from './node-type.ts'
import { StepError } from './step-failure.ts'
import { compileTemplate, NO_VALUE, TemplateParam } from './template.ts'

const OF_THE_SPIKE = '{signal.sku}'

/** Which SKU goes off or back on sale; that of the spike where nothing is said. */
export const SkuParam = (zh: string, en: string) =>
  Type.String({ ...TemplateParam(zh, en, 120), minLength: 1, default: OF_THE_SPIKE })

/** Shops it is done at; all that sell where none is named. */
export const ShopsParam = (zh: string, en: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
    ...hint(zh, en, { as: 'connection' }),
    maxItems: 100,
  })

/** Reads the SKU of a run. @throws StepError where the run has none */
export function skuOf(template = OF_THE_SPIKE): (data: RunData) => string {
  const read = compileTemplate(template)
  return data => {
    const sku = read(data).trim()
    if (sku !== '' && !sku.includes(NO_VALUE)) return sku
    throw new StepError('NO_SKU', {
      zh: `「${template}」在这里没有值，请在节点里写明商品编码后重试`,
      en: `"${template}" has no value here; name the SKU at the node, then retry`,
    })
  }
}

export function sellersFor(world: World, only: readonly string[] = []): readonly Seller[] {
  const sellers = world.sellers()
  return only.length === 0 ? sellers : sellers.filter(({ id }) => only.includes(id))
}
