import { readFileSync } from 'node:fs';

/** The text of a file of `theorems/coq`, which is shipped: four levels above the compiled file. */
export const coqText = (name: string): string =>
  readFileSync(new URL(`../../../../theorems/coq/${name}.v`, import.meta.url), 'utf8').trimEnd();

/**
 * All axioms of the theorems: what the real numbers of Coq's own library are made with, and classical logic, which its mean value theorem uses.
 */
export const standardAxioms = [
  'ClassicalDedekindReals.sig_forall_dec',
  'ClassicalDedekindReals.sig_not_dec',
  'Classical_Prop.classic',
  'FunctionalExtensionality.functional_extensionality_dep',
];

const requirement = /^Require Import (.+)\.$/m;

/** The files that a file requires, in an order in which Coq can compile them, and the file itself, which is the last. */
export function filesOf(name: string): string[] {
  const required = requirement.exec(coqText(name))?.[1]?.split(' ') ?? [];
  return [...new Set([...required.flatMap(filesOf), name])];
}

/** A file with all that it requires, as one file that Coq can check alone. */
export const completeFile = (name: string): string =>
  filesOf(name)
    .map((part) => coqText(part).replace(requirement, `(** ** ${part}.v *)`))
    .join('\n\n')
    .concat('\n');

/**
 * What a theorem of a file assumes, in the words of its comments: those before the hypotheses of the sections around it.
 *
 * @throws Error if the file has no such theorem.
 */
export function premisesOf(name: string, theorem: string): string[] {
  const sections: string[][] = [[]];
  const parts =
    /^(Section|End|Theorem) ([^\s.:]+)|\(\*\* ((?:(?!\*\))[\s\S])*) \*\)\n(?:Variables? .*\n)*Hypothesis /gm;
  for (const [, keyword, named, comment] of coqText(name).matchAll(parts)) {
    if (keyword === 'Section') sections.push([]);
    else if (keyword === 'End') sections.pop();
    else if (comment !== undefined) sections.at(-1)!.push(comment.replace(/\s+/g, ' '));
    else if (named === theorem) return sections.flat();
  }
  throw new Error(`${name}.v has no Theorem ${theorem}`);
}
