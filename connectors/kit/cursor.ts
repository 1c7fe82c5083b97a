/** How far each stream of a connection was read. */
export interface Cursors {
  get(stream: string): Promise<Date | undefined>
  set(stream: string, at: Date): Promise<void>
}
