import type { Fact } from '../document.js';
import { screenText, type TableOptions } from '../wording/screen.js';

/** The end of `init`: the files that were written, what each is for, and the command that comes next. */
export function initText(
  files: readonly (readonly [path: string, what: string])[],
  next: string,
  options: TableOptions = {},
): string {
  const facts: readonly Fact[] = files;
  return screenText(
    {
      verdict: { mark: 'good', text: `${files.length} files written` },
      blocks: [{ facts }, { facts: [['next', { code: next }]] }],
      more: [],
      exitCode: 0,
    },
    options,
  );
}
