/** An answer that is a failure: an `errcode` and the platform's words for it. */
export class SimError extends Error {
  override readonly name = 'SimError'
  readonly code: number

  constructor(code: number, said: string) {
    super(said)
    this.code = code
  }
}
