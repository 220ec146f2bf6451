// Python that somebody pastes.

/** What to do with it; undefined for a text that does not look like Python. */
export function pythonAdvice(text) {
  if (!/^\s*(?:def \w+\(.*\).*:|class \w+.*:|import \w+(?: as \w+)?|from [\w.]+ import .*)\s*$/m.test(text))
    return undefined;
  const name = /^(?:def|class) (\w+)/m.exec(text)?.[1] ?? 'fn';
  const options = /^class /m.test(text) ? `my_module:${name} --as adam` : `my_module:${name} --as l1`;
  return `This page judges JavaScript only. For Python: signprox guard ${options}`;
}
