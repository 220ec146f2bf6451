/**
 * What `--format` accepts. `github` is Markdown with GitHub's alerts, for a job summary, and `annotations` its workflow commands; `ctrf` the Common Test Report Format; `badge` what
 * shields.io draws.
 */
export const formatNames = [
  'table',
  'json',
  'junit',
  'tap',
  'markdown',
  'github',
  'annotations',
  'ctrf',
  'badge',
] as const;
/**
 * A format of `formatReport`.
 *
 * @useDeclaredType
 */
export type FormatName = (typeof formatNames)[number];
