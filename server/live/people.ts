/** Somebody who has a draft open. */
export interface Person {
  /** Of the socket. */
  readonly id: string
  readonly name: string
}

/** Who has which draft open, by the process their page is connected to. */
export interface PeopleOnDrafts {
  /** Everybody, those of this process first. */
  on(workflow: string): Person[]
  /** Those of this process alone. */
  here(workflow: string): readonly Person[]
  set(process: string, workflow: string, people: readonly Person[]): void
  /** Forgets the people of all other processes. @returns the drafts this changes */
  keep(processes: ReadonlySet<string>): string[]
}

/** @param own the name of this process */
export function peopleOnDrafts(own: string): PeopleOnDrafts {
  const drafts = new Map<string, Map<string, readonly Person[]>>()
  const here = (workflow: string) => drafts.get(workflow)?.get(own) ?? []

  function set(process: string, workflow: string, people: readonly Person[]): void {
    const byProcess = drafts.get(workflow) ?? new Map<string, readonly Person[]>()
    drafts.set(workflow, byProcess)
    if (people.length > 0) byProcess.set(process, people)
    else byProcess.delete(process)
    if (byProcess.size === 0) drafts.delete(workflow)
  }

  return {
    here,
    set,
    on(workflow) {
      const elsewhere = [...(drafts.get(workflow) ?? [])].flatMap(([process, people]) =>
        process === own ? [] : people,
      )
      return [...here(workflow), ...elsewhere]
    },
    keep(processes) {
      const changed = new Set<string>()
      for (const [workflow, byProcess] of [...drafts])
        for (const process of [...byProcess.keys()]) {
          if (processes.has(process)) continue
          set(process, workflow, [])
          changed.add(workflow)
        }
      return [...changed]
    },
  }
}
