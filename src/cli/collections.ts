import { properties, propertyModules } from '../../properties/index.js';
import { propertyMutants } from '../../properties/mutants/index.js';
import { theorems } from '../../theorems/index.js';
import { theoremModules } from '../../theorems/modules.js';
import { theoremMutants } from '../../theorems/mutants/index.js';
import type { Claim } from '../claims/claim.js';
import type { ClaimMutant } from '../claims/claim-mutant.js';
import { type ClaimModule, placesOf } from '../claims/load-claims.js';
import type { ContributedCommand } from './catalogue.js';

/** Claims that belong together, which `--claims` takes by one name. */
interface Collection {
  readonly name: string;
  /** Where the modules stand, from the compiled root. */
  readonly folder: string;
  readonly modules: readonly ClaimModule[];
  /** The claims of the modules, in their order. */
  readonly claims: readonly Claim[];
  /** Wrong versions of the claims, and of what they are asked about. */
  readonly mutants: readonly ClaimMutant[];
  /** The module whose `report` is what it adds to reports, from the compiled root. */
  readonly report?: string;
  /** The commands that it adds. */
  readonly commands?: readonly ContributedCommand[];
  /** The folder of its files for Coq, from the root of the package. */
  readonly coq?: string;
}

/** What the command line judges. This file alone knows which collections there are. */
export const collections: readonly Collection[] = [
  { name: 'suite', folder: 'properties', modules: propertyModules, claims: properties, mutants: propertyMutants },
  {
    name: 'paper',
    folder: 'theorems',
    modules: theoremModules,
    claims: theorems,
    mutants: theoremMutants,
    report: 'theorems/report/index.js',
    commands: [
      {
        usage: 'figure [options]',
        description: 'reproduce Figure 1: SPGM and signProx on phase retrieval with total variation',
        module: 'theorems/experiments/figure-command.js',
      },
    ],
    coq: 'theorems/coq',
  },
];

/** Every claim with the name of its collection and its module. */
export const placedClaims = collections.flatMap(({ name, folder, modules, claims, coq }) =>
  placesOf(modules).map(({ path }, k) => ({
    place: { collection: name, module: `${folder}/${path}.js` },
    claim: claims[k]!,
    coq,
  })),
);
