import { existsSync, readFileSync } from 'node:fs';

/** Commands whose arguments are theorems. */
const ofTheorems: readonly string[] = ['prove', 'worst'];

/** The file with a user's theorem that a command line names, or the file that names one; undefined if there is none. */
export function userFile([command = '', ...words]: readonly string[]): string | undefined {
  const named = words.flatMap((word, k) => {
    const [option, given] = word.startsWith('--') ? word.split(/=(.*)/s) : [words[k - 1], word];
    if (given === undefined) return [];
    if (option === '--theorem' || (command === 'bounds' && option === '--grid')) return [given];
    return ofTheorems.includes(command) || (command === 'replay' && isAboutTheorem(given)) ? [given] : [];
  });
  return named.find((word) => existsSync(word));
}

function isAboutTheorem(failure: string): boolean {
  try {
    return readFileSync(failure, 'utf8').includes('"theorem"');
  } catch {
    return false;
  }
}
