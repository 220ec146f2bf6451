import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import * as paper from '../../theorems/index.js';
import * as algorithms from './algorithms.js';
import * as browser from './browser.js';
import * as claims from './claims.js';
import * as exact from './exact.js';
import * as functions from './functions.js';
import * as guard from './guard.js';
import * as statistics from './statistics.js';
import * as theorems from './theorems.js';

/** The clone: three levels above the compiled test. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const parts: Readonly<Record<string, object>> = {
  algorithms,
  browser,
  claims,
  exact,
  functions,
  guard,
  statistics,
  theorems,
};

/** What an example need not import. */
const scope: Readonly<Record<string, unknown>> = Object.assign({ assert }, paper, ...Object.values(parts));

interface Declaration {
  readonly kind: string;
  /** The doc comment before it, without its stars. */
  readonly comment: string;
}

/** Where a file, or one that it exports from, declares a name. */
function declarationOf(file: string, name: string): Declaration | undefined {
  const source = readFileSync(file, 'utf8');
  const declared = new RegExp(`^export (?:async )?(function|const|class) ${name}\\b`, 'm').exec(source);
  if (declared !== null) {
    const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n$/.exec(source.slice(0, declared.index))?.[1] ?? '';
    return { kind: declared[1]!, comment: comment.replaceAll(/^ \* ?/gm, '') };
  }
  for (const [, names, from] of source.matchAll(/^export (\*|\{[^}]*\}) from '([^']+)'/gm)) {
    if (names !== '*' && !new RegExp(`[{ ,\n]${name}[ ,\n}]`).test(names!)) continue;
    const found = declarationOf(join(dirname(file), from!.replace(/\.js$/, '.ts')), name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every public function by its path, e.g. `functions.smooth.cosine`, with its declaration. */
function functionsOf(path: string, exported: object, file: string): [string, Declaration][] {
  return Object.entries(exported).flatMap(([name, value]): [string, Declaration][] => {
    if (Object.prototype.toString.call(value) === '[object Module]') {
      const from = new RegExp(`^export \\* as ${name} from '([^']+)'`, 'm');
      const [inner] = [file, join(root, 'src/reference/functions/index.ts')].flatMap((each) => {
        const found = from.exec(readFileSync(each, 'utf8'));
        return found === null ? [] : [join(dirname(each), found[1]!.replace(/\.js$/, '.ts'))];
      });
      return functionsOf(`${path}.${name}`, value, inner!);
    }
    if (typeof value !== 'function') return [];
    const declaration = declarationOf(file, name);
    if (declaration === undefined) throw new Error(`${path}.${name} is declared nowhere`);
    return declaration.kind === 'class' ? [] : [[`${path}.${name}`, declaration]];
  });
}

const AsyncFunction = (async () => undefined).constructor as new (
  ...source: string[]
) => (...values: unknown[]) => Promise<void>;

for (const [part, exported] of Object.entries(parts)) {
  for (const [path, { comment }] of functionsOf(part, exported, join(root, `src/library/${part}.ts`))) {
    // One after the other: an example that computes for seconds would keep another from being loaded in time.
    test.serial(`the example of ${path} is true`, async (t) => {
      const example = /^@example\n((?:(?!^@)[\s\S])*)/m.exec(comment)?.[1];
      t.regex(example ?? '', /^\s*assert\b/m, 'its doc comment has no @example that asserts something');
      await t.notThrowsAsync(new AsyncFunction(...Object.keys(scope), `{${example}}`)(...Object.values(scope)));
    });
  }
}
