import { bucket } from './bucket.ts'
import { graphLookup } from './graph-lookup.ts'
import { facet, lookup, unionWith } from './joining-stages.ts'
import { libraryStage } from './library-stage.ts'
import { addFields, project, unset } from './projecting-stages.ts'
import { redact } from './redact.ts'
import {
  count,
  group,
  limit,
  match,
  replaceRoot,
  replaceWith,
  sample,
  skip,
  sort,
  sortByCount,
} from './simple-stages.ts'
import type { CompileStage } from './stage.ts'
import { unwind } from './unwind.ts'

/** All stages this store knows, by name. `$out` and `$merge` write, and belong to the command. */
export const STAGES: Readonly<Record<string, CompileStage>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $group: group,
  $sortByCount: sortByCount,
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $unwind: unwind,
  $lookup: lookup,
  $unionWith: unionWith,
  $facet: facet,
  $sample: sample,
  $bucket: bucket,
  $redact: redact,
  $graphLookup: graphLookup,
  $bucketAuto: libraryStage('$bucketAuto'),
  $densify: libraryStage('$densify'),
  $fill: libraryStage('$fill'),
  $setWindowFields: libraryStage('$setWindowFields'),
}
