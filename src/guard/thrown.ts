/** A line of a stack that is in a file: the function, if it has a name, the path and the line. */
const stackLine = /^ +at (?:(?:async )?(?:new )?(.*?) \()?(?:file:\/\/)?((?:[A-Za-z]:)?[/\\].*?):(\d+):\d+\)?$/;

/**
 * Where in the user's own files an error was thrown, e.g. `mine.mjs:12 in shrink`: what Node or a package throws is told where it was
 * called. Undefined where that cannot be told.
 */
export function thrownAt(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  for (const line of (error.stack ?? '').split('\n')) {
    const match = stackLine.exec(line);
    if (match === null || /[/\\]node_modules[/\\]/.test(match[2]!)) continue;
    const [, name, path, number] = match;
    const place = `${path!.split(/[/\\]/).at(-1)}:${number}`;
    return name === undefined || name.startsWith('<') ? place : `${place} in ${name.replace(/^Object\./, '')}`;
  }
  return undefined;
}

/** What was thrown, in one line of bounded length. */
export function thrownMessage(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);
}

/** What was thrown with its type, and where: `TypeError: y is not iterable at mine.mjs:12 in shrink`. */
export function thrownText(error: unknown): string {
  const place = thrownAt(error);
  const text = thrownMessage(error);
  if (place === undefined) return text;
  const { name } = error as Error;
  // `Error` alone says nothing.
  return `${name === 'Error' ? '' : `${name}: `}${text} at ${place}`;
}
