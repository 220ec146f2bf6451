import { readFileSync } from 'node:fs';
import test from 'ava';
import katex from 'katex';
import { properties } from '../properties/index.js';
import { theorems } from './index.js';

const text = readFileSync(new URL('../../theorems/PROOFS.md', import.meta.url), 'utf8');

/** A formula as KaTeX rejects it, or as a formatter of Markdown leaves it: an asterisk that is no superscript was a subscript. */
function faultOf(formula: string, displayMode: boolean): string | undefined {
  try {
    katex.renderToString(formula, { displayMode, strict: 'error', throwOnError: true });
  } catch (error) {
    return `${formula}: ${(error as Error).message}`;
  }
  return /(?<!\^)\*/.test(formula) ? `${formula}: a bare asterisk` : undefined;
}

test('every formula of the written proofs can be set', (t) => {
  const displayed = [...text.matchAll(/\$\$([\s\S]+?)\$\$/g)].map((match) => match[1]!);
  const inline = [...text.replaceAll(/\$\$[\s\S]+?\$\$/g, '').matchAll(/\$([^$]+)\$/g)].map((match) => match[1]!);
  t.true(displayed.length > 20 && inline.length > 200);
  t.deepEqual(
    [...displayed.map((formula) => faultOf(formula, true)), ...inline.map((formula) => faultOf(formula, false))].filter(
      (fault) => fault !== undefined,
    ),
    [],
  );
  t.is((text.match(/\$/g)!.length - 4 * displayed.length) % 2, 0);
  for (const mangled of ['f^_=\\inf f', '\\|L\\|*1', '\\max*{z}', '\\frac1'])
    t.truthy(faultOf(mangled, false), mangled);
});

test('every claim that the written proofs name is in the ledger, and every sharpened theorem is named', (t) => {
  const ids = new Set([...properties, ...theorems].map(({ id }) => id));
  const named = [...text.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map((match) => match[1]!);
  t.true(named.length > 20);
  t.deepEqual(
    named.filter((id) => !ids.has(id)),
    [],
  );
  for (const id of ids) if (/-(sharp|coupled|general-step|fixed-objective)$/.test(id)) t.true(named.includes(id), id);
});
