/** Number of lanes: how far one workspace's work can spread. Fixed, because an event's lane is stored with it. */
export const LANES = 8

/** The lane of everything that belongs to one buyer or order (FNV-1a of the key). */
export function laneOf(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % LANES
}
