/** What this process counted of one SKU for one watch. */
export interface Track {
  readonly sku: string
  /** Units within the window, by the ms its stretch of time began. */
  readonly counted: Map<number, number>
  /** Those of them the store does not know yet. */
  readonly unwritten: Map<number, number>
  /** Sums of the two. */
  units: number
  open: number
}

/** The SKUs one watch has seen sold lately in this process. */
export interface Tally {
  readonly tracks: Map<string, Track>
  /** Those with sales since they were last looked at. */
  readonly moved: Set<Track>
}

export const newTally = (): Tally => ({ tracks: new Map(), moved: new Set() })

export function addUnits({ tracks, moved }: Tally, sku: string, stretch: number, units: number): void {
  let track = tracks.get(sku)
  if (!track) {
    track = { sku, counted: new Map(), unwritten: new Map(), units: 0, open: 0 }
    tracks.set(sku, track)
  }
  track.counted.set(stretch, (track.counted.get(stretch) ?? 0) + units)
  track.unwritten.set(stretch, (track.unwritten.get(stretch) ?? 0) + units)
  track.units += units
  track.open += units
  moved.add(track)
}

/** Forgets what lies before the window. */
export function dropOld(track: Track, since: number): void {
  for (const [stretch, units] of track.counted) {
    if (stretch > since) break
    track.counted.delete(stretch)
    track.units -= units
  }
  for (const [stretch, units] of track.unwritten) {
    if (stretch > since) break
    track.unwritten.delete(stretch)
    track.open -= units
  }
}

/** Forgets the SKUs nothing of which was sold within the window. */
export function dropIdle({ tracks, moved }: Tally, since: number): void {
  for (const track of tracks.values()) {
    dropOld(track, since)
    if (track.units > 0) continue
    tracks.delete(track.sku)
    moved.delete(track)
  }
}
