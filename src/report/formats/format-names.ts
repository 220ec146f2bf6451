/** What `--format` accepts; `github` is Markdown with GitHub's alerts and collapsible sections, for a job summary. */
export const formatNames = ['table', 'json', 'junit', 'tap', 'markdown', 'github'] as const;
export type FormatName = (typeof formatNames)[number];
