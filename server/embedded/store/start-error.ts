/** Why a store cannot start on its folder. */
export type StartErrorCode =
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FORMAT_UNKNOWN'
  | 'DATA_FOLDER_UNUSABLE'
  | 'DATA_LOG_DAMAGED'
  | 'DATA_DAMAGED'

/** An error the person who started the process can do something about; the message says what. */
export class StartError extends Error {
  readonly code: StartErrorCode

  constructor(code: StartErrorCode, message: string) {
    super(message)
    this.name = 'StartError'
    this.code = code
  }
}
