/** The end of a command's help: what one would type, after what there is to be said before that. */
export function examples(lines: readonly string[], before = ''): string {
  const said = before === '' ? '' : `\n${before}\n`;
  return `${said}\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
