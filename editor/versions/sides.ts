import type { VersionSummary } from '../api/draft-contract.ts'
import type { Side } from './queries.ts'

/**
 * What a version is compared with unless something else was chosen: the one before it; the draft with what is
 * live. The very first is compared with itself, which shows it without marks.
 * @param versions newest first
 */
export function against(
  side: Side,
  versions: readonly Pick<VersionSummary, 'version'>[],
  live: number | undefined,
): Side {
  if (side === 'draft') return live ?? versions[0]?.version ?? 'draft'
  return versions.find(({ version }) => version < side)?.version ?? side
}

/** Runs that wait on versions and finish there, whatever is published meanwhile. */
export function parkedOn(
  versions: readonly Pick<VersionSummary, 'version' | 'parked'>[],
): readonly Pick<VersionSummary, 'version' | 'parked'>[] {
  return versions.filter(({ parked }) => parked > 0)
}
