import { preferences } from '../look/preferences.ts'

/** `{ by }` as the person in front of this browser signs; nothing where they have not said who they are. */
export function signed(): { readonly by?: string } {
  const by = preferences.get().signature.trim()
  return by === '' ? {} : { by }
}
