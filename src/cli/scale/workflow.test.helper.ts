import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { build } from 'esbuild';
import { parse } from 'yaml';

/** What the tests read of a workflow of GitHub Actions. */
export interface Workflow {
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

export interface WorkflowJob {
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } };
  readonly steps: readonly Step[];
}

/** A step that runs a command, or an action. */
export interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

export const readWorkflow = (text: string): Workflow => parse(text) as Workflow;

/** Fills in what is between `${{` and `}}`. */
export function filledIn(text: string, contexts: Readonly<Record<string, object>>): string {
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const { tokens } = new Lexer(expression).lex();
    return new Evaluator(new Parser(tokens, Object.keys(contexts), []).parse(), values).evaluate().coerceString();
  });
}

type Reader = typeof import('@actions/workflow-parser');

/** What GitHub's own reader of workflows finds wrong in a text. */
export async function errorsIn(
  text: string,
  { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter }: Reader,
): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content: text }, new NoOperationTraceWriter());
  const { errors = [] } = await convertWorkflowTemplate(context, value!);
  return [
    ...new Set([...context.errors.getErrors().map(({ message }) => message), ...errors.map(({ Message }) => Message)]),
  ];
}

/** That reader: it imports JSON as only bundlers do, so that it is bundled before it is loaded. */
export async function workflowReader(): Promise<Reader> {
  const folder = mkdtempSync(join(tmpdir(), 'signprox-workflow-'));
  try {
    const outfile = join(folder, 'reader.mjs');
    const require = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
    await build({
      entryPoints: [fileURLToPath(import.meta.resolve('@actions/workflow-parser'))],
      ...{ outfile, bundle: true, format: 'esm', platform: 'node', banner: { js: require } },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
