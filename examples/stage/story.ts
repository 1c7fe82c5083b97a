import type { Text } from '../../server/workflow/text.ts'
import type { ServerClient } from './server-client.ts'
import type { ServerProcess } from './server-process.ts'
import type { Telling } from './telling.ts'

/** What the person who starts a story may choose. */
export interface StoryOptions {
  readonly seed: number
  /** How many orders; the story's own number where absent. */
  readonly orders?: number
  /** Words without a name of their own: folders. */
  readonly words: readonly string[]
}

/** A story that is ready to be told: what it needs of the server, the telling itself, and tidying up. */
export interface Scene {
  /** Settings the server needs beside the usual ones. */
  readonly env: Readonly<Record<string, string>>
  /** @param own the server, where it was started for this story; absent for one that runs already */
  play(server: ServerClient, telling: Telling, own?: ServerProcess): Promise<void>
  close(): Promise<void>
}

export interface Story {
  readonly title: Text
  /** Prepares the scene; a text where the story cannot be told, which says what it needs. */
  open(options: StoryOptions): Promise<Scene | Text>
}
