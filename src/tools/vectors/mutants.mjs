import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { operatorMutants, withOperator } from '../mutations/operators.mjs';

const compiled = new URL('../../../dist/src/reference/algorithms/stateful/', import.meta.url);

/** Parts of a definition that no update runs. */
const told = new Set(['errors', 'parameters', 'references', 'refused', 'check', 'signs', 'signOfMean']);

/** The ranges of a module in which a change changes no update. */
function idleRanges(text) {
  const ranges = [];
  const visit = (node) => {
    const isTold =
      (node.type === 'Property' && told.has(node.key.name)) ||
      (node.type === 'VariableDeclarator' && /(Errors|Parameters)$/.test(node.id.name ?? ''));
    if (isTold) ranges.push([node.start, node.end]);
    else for (const child of Object.values(node).flat()) if (typeof child?.type === 'string') visit(child);
  };
  visit(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }));
  return ranges;
}

/** The modules that an algorithm's update stands in. */
const modulesOf = (algorithm) => (algorithm === 'adamw' ? ['adam', 'adamw'] : [algorithm]);

/**
 * Updates with one operator, constant, sign or condition changed, every one that can be loaded, by what is changed.
 * @param {string} algorithm
 */
export async function mutantsOf(algorithm) {
  const modules = modulesOf(algorithm);
  const texts = new Map(modules.map((name) => [name, readFileSync(new URL(`${name}.js`, compiled), 'utf8')]));
  const folder = mkdtempSync(join(tmpdir(), 'signprox-vectors-'));
  /** The algorithm with one of its modules changed. */
  const load = async (changes) => {
    const own = mkdtempSync(join(folder, 'mutant-'));
    for (const [name, text] of texts) {
      const changed = (changes[name] ?? text).replaceAll(/from '(\.[^']*)'/g, (_, to) => {
        const sibling = modules.find((each) => to === `./${each}.js`);
        return `from '${sibling ? `./${sibling}.mjs` : new URL(to, compiled).href}'`;
      });
      writeFileSync(join(own, `${name}.mjs`), changed);
    }
    const module = await import(pathToFileURL(join(own, `${algorithm}.mjs`)).href);
    return Object.values(module).find((each) => each?.name === algorithm);
  };
  const found = [];
  const times = new Map();
  /** What is changed, with its number where the same is changed in several places. */
  const nameOf = (change) => {
    times.set(change, (times.get(change) ?? 0) + 1);
    return times.get(change) === 1 ? change : `${change} (${times.get(change)})`;
  };
  for (const [module, text] of texts) {
    const idle = idleRanges(text);
    for (const mutant of operatorMutants(`${module}.js`, text)) {
      const { start, end, replacement, from, to } = mutant;
      // A change that answers with nothing is found by anybody.
      if (['undefined', ';'].includes(replacement) || idle.some(([a, b]) => a <= start && end <= b)) continue;
      try {
        const definition = await load({ [module]: withOperator(text, mutant) });
        found.push({ name: nameOf(`${from} → ${to}`), definition });
      } catch {
        // What cannot be loaded is no algorithm.
      }
    }
  }
  rmSync(folder, { recursive: true });
  return found;
}
