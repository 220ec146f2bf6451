import type { ExitCode } from '../record/outcome.js';
import { named } from '../view/verdicts.js';
import type { Fact, Screen, Verdict } from '../wording/screen.js';

/** What the test vectors of one algorithm or prox say of an implementation. */
export interface Identified {
  readonly subject: string;
  /** Whether one convention explains all answers. */
  readonly is: boolean;
  /** Questions that it answered, and all in its format. */
  readonly answered: number;
  readonly of: number;
  readonly choices: readonly string[];
  readonly references: readonly string[];
  readonly looksLike: readonly string[];
}

/** What explains all answers, the one first that answered most. */
const explaining = (asked: readonly Identified[]): readonly Identified[] =>
  asked.filter(({ is }) => is).toSorted((a, b) => b.answered - a.answered);

/** Fewer answers show neither a bug nor what something is. */
const leastAnswers = 3;

/** What a known bug explains in all answers. */
const nearest = (asked: readonly Identified[]): readonly Identified[] =>
  asked
    .filter(({ looksLike, answered }) => looksLike.length > 0 && answered >= leastAnswers)
    .toSorted((a, b) => b.answered - a.answered);

/** Its names: several, where as many answers are explained by each of them. The others are less general. */
function namesOf(found: readonly Identified[]): string {
  const most = found.filter(({ answered }) => answered === found[0]!.answered);
  return named(most.map(({ subject }) => subject));
}

/** What it is, in words; of what says itself what it is, whether that is so. */
export function identityVerdict(asked: readonly Identified[], isDeclared = false): Verdict {
  const found = explaining(asked);
  if (isDeclared && asked.length > 1) {
    const mark = found.length === asked.length ? 'good' : 'bad';
    return { mark, text: `${found.length} of ${asked.length} subjects are what they are declared as` };
  }
  const [first] = found;
  if (first !== undefined) {
    const isSure = first.answered >= leastAnswers || first.answered === first.of;
    return isSure
      ? { mark: 'good', text: `it is ${namesOf(found)}` }
      : { mark: 'warn', text: `it may be ${namesOf(found)}: it answers ${first.answered} of ${first.of} test vectors` };
  }
  const [near] = nearest(asked);
  if (near === undefined) return { mark: 'bad', text: 'nothing in the vocabulary explains its answers' };
  return { mark: 'bad', text: `nothing in the vocabulary; nearest ${near.subject}: ${near.looksLike.join(', or ')}` };
}

/** The screen of `signprox identify`. */
export function identityScreen(
  name: string,
  asked: readonly Identified[],
  exitCode: ExitCode,
  isDeclared = false,
): Screen {
  const found = explaining(asked);
  // What is something needs no bug that explains it too.
  const near = isDeclared || found.length === 0 ? nearest(asked) : [];
  return {
    verdict: identityVerdict(asked, isDeclared),
    about: name,
    blocks: [...found, ...(isDeclared ? near : near.slice(0, 3))].map((each) => ({ facts: factsOf(each) })),
    more: [],
    exitCode,
  };
}

const words = (choice: string): string => choice.replaceAll('-', ' ');

function factsOf({ subject, is, answered, of, choices, references, looksLike }: Identified): Fact[] {
  const facts: readonly (readonly [string, string])[] = [
    ['with', choices.map(words).join(', ')],
    ['as', references.join(', ')],
    ['looks like', is ? '' : looksLike.join(', or ')],
    ['asked', `${answered} of ${of} test vectors`],
  ];
  return [[is ? 'is' : 'not', subject], ...facts.filter(([, text]) => text !== '')];
}
