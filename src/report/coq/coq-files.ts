import { readFileSync } from 'node:fs';

/** What every proof for Coq begins with. The source is shipped: four levels above the compiled file. */
const prelude = new URL('../../../../src/report/coq/prelude.v', import.meta.url);

/** The text of the prelude. */
export const preludeText = (): string => readFileSync(prelude, 'utf8').trimEnd();

/** A folder of files for Coq, which require each other and the prelude. */
export interface CoqFiles {
  /** The text of a file, by its name without the ending. */
  textOf(name: string): string;
  /** The files that a file requires, in an order in which Coq can compile them, and the file itself, which is the last. */
  filesOf(name: string): string[];
  /** A file with all that it requires, as one file that Coq can check alone. */
  completeFile(name: string): string;
  /**
   * What a theorem of a file assumes, in the words of its comments: those before the hypotheses of the sections around it.
   *
   * @throws Error if the file has no such theorem.
   */
  premisesOf(name: string, theorem: string): string[];
}

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

/** The files of a folder, given with its last slash. */
export function coqFiles(folder: URL): CoqFiles {
  const textOf = (name: string): string =>
    name === 'prelude' ? preludeText() : readFileSync(new URL(`${name}.v`, folder), 'utf8').trimEnd();
  const filesOf = (name: string): string[] => {
    const required = requirement.exec(textOf(name))?.[1]?.split(' ') ?? [];
    return [...new Set([...required.flatMap(filesOf), name])];
  };
  return {
    textOf,
    filesOf,
    completeFile: (name) =>
      filesOf(name)
        .map((part) => textOf(part).replace(requirement, `(** ** ${part}.v *)`))
        .join('\n\n')
        .concat('\n'),
    premisesOf(name, theorem) {
      const sections: string[][] = [[]];
      const parts =
        /^(Section|End|Theorem) ([^\s.:]+)|\(\*\* ((?:(?!\*\))[\s\S])*) \*\)\n(?:Variables? .*\n)*Hypothesis /gm;
      for (const [, keyword, named, comment] of textOf(name).matchAll(parts)) {
        if (keyword === 'Section') sections.push([]);
        else if (keyword === 'End') sections.pop();
        else if (comment !== undefined) sections.at(-1)!.push(comment.replace(/\s+/g, ' '));
        else if (named === theorem) return sections.flat();
      }
      throw new Error(`${name}.v has no Theorem ${theorem}`);
    },
  };
}
