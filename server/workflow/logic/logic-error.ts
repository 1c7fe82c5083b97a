/** A rule that cannot be compiled or worked out. `code` is stable; the message is for logs. */
export class LogicError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'LogicError'
    this.code = code
  }
}
