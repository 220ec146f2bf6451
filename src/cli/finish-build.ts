import { chmod, writeFile } from 'node:fs/promises';
import { properties, propertyFiles } from '../../properties/index.js';
import { theoremFiles, theorems } from '../../theorems/index.js';
import type { Claim } from '../claims/claim.js';
import { statementsFile } from '../report/html/html-statement.js';
import { typesetStatement } from '../report/typesetting/typeset-statement.js';
import { selfClaims, selfFiles } from '../self/index.js';
import { type CatalogueEntry, catalogueFile } from './catalogue.js';
import { claimMutants } from './claim-mutants.js';
import { writeSchemas } from './published-schemas.js';

// The last step of `npm run build`. tsc writes the command without its run bit, which npx sets only once.
await chmod(new URL('main.js', import.meta.url), 0o755);

// What commands tell of claims that they do not load.
const mutants = await claimMutants();

function entry(claim: Claim, module: string): CatalogueEntry {
  const { id, source, statement, requires, judgesFunctions, sumsUp, counterexampleTo } = claim;
  const own = mutants.filter(({ claim: of }) => of === id).map(({ wrong, verdict }) => ({ wrong, verdict }));
  return {
    ...{ id, module, source, statement, requires },
    ...(judgesFunctions && { judgesFunctions }),
    ...(sumsUp && { sumsUp }),
    ...(counterexampleTo && { counterexampleTo }),
    mutants: own,
  };
}

const catalogue = [
  ...properties.map((claim, k) => entry(claim, `properties/${propertyFiles[k]}.js`)),
  ...theorems.map((claim, k) => entry(claim, `theorems/${theoremFiles[k]}.js`)),
  ...selfClaims.map((claim, k) => entry(claim, `src/self/${selfFiles[k]}.js`)),
];
await writeFile(catalogueFile, JSON.stringify(catalogue));

// KaTeX is no part of the package, so that what it makes of the statements is.
const statements = catalogue.flatMap(({ statement }) => {
  const markup = typesetStatement(statement);
  return markup === undefined ? [] : [[statement, markup.text]];
});
await writeFile(statementsFile, JSON.stringify(statements));

await writeSchemas();
