/** The words of one part of the product as templates by key. */
type Words = Readonly<Record<string, string>>

/**
 * English for the same keys. Chinese nouns do not count, English ones do: `key_one` may be added where
 * the sentence with 1 reads differently.
 */
export type English<Z extends Words> = { readonly [K in keyof Z]: string } & {
  readonly [K in keyof Z & string as `${K}_one`]?: string
}
