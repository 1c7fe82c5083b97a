import type { Text } from '../../workflow/text.ts'

/** Why a tool did not do what it was asked; the texts say what to do about it. */
export class ToolError extends Error {
  readonly text: Text

  constructor(zh: string, en: string) {
    super(en)
    this.name = 'ToolError'
    this.text = { zh, en }
  }
}
