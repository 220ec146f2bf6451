/**
 * The formats of `--format`. `github` is Markdown with GitHub's alerts, for a job summary, and `annotations` its workflow commands.
 */
export const formatNames = ['table', 'json', 'junit', 'tap', 'markdown', 'github', 'annotations'] as const;
/**
 * A format of `formatReport`.
 *
 * @useDeclaredType
 */
export type FormatName = (typeof formatNames)[number];
