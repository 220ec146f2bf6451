import type { Identity } from '../../claims/vector-verdicts.js';
import type { Fact } from '../document.js';
import type { ExitCode } from '../record/outcome.js';
import { named } from '../view/verdicts.js';
import type { Screen, Verdict } from '../wording/screen.js';

/** The one first that leaves out fewest of its hyperparameters; of several the shorter name, which is the more general: adam before adamw. */
const simplestFirst = (asked: readonly Identity[]): readonly Identity[] =>
  asked.toSorted((a, b) => a.lacks.length - b.lacks.length || a.subject.length - b.subject.length);

/** Whether it was asked about all that the object takes; what says itself what it is takes something else as each. */
const isWhole = ({ beyond }: Identity, isDeclared: boolean): boolean => isDeclared || beyond.length === 0;

/** What explains all answers. */
const explaining = (asked: readonly Identity[], isDeclared: boolean): readonly Identity[] =>
  simplestFirst(asked.filter((each) => each.is && isWhole(each, isDeclared)));

/** Fewer answers show neither a bug nor what something is. */
const leastAnswers = 3;

/** What a known bug explains in all answers. */
const nearest = (asked: readonly Identity[], isDeclared: boolean): readonly Identity[] =>
  simplestFirst(asked.filter((each) => each.looksLike.length > 0 && isWhole(each, isDeclared))).filter(
    ({ answered }) => answered >= leastAnswers,
  );

/** Its names: several, where each of them takes as much and is asked as much. The others are less general. */
function namesOf(found: readonly Identity[]): string {
  const [{ answered, lacks }] = found as [Identity];
  const alike = found.filter((each) => each.answered === answered && each.lacks.length === lacks.length);
  return named(alike.map(({ subject }) => subject));
}

/** `a prox of l1` for prox-l1. */
const thing = (subject: string): string => subject.replace(/^(prox|value|gradient|policy)-/, 'a $1 of ');

/** What explains some answers: those without one hyperparameter, or those about a part of what the object takes. */
const partly = (asked: readonly Identity[]): readonly Identity[] => [
  ...simplestFirst(asked.filter(({ beyond, rightWithout }) => beyond.length === 0 && rightWithout.length > 0)),
  ...simplestFirst(asked.filter(({ is }) => is)),
];

/** What it is, in words; of what says itself what it is, whether that is so. */
export function identityVerdict(asked: readonly Identity[], isDeclared = false): Verdict {
  const found = explaining(asked, isDeclared);
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
  const [near] = nearest(asked, isDeclared);
  if (near !== undefined) {
    const { subject, looksLike, answered, of } = near;
    return { mark: 'bad', text: `${thing(subject)} with a bug: ${looksLike.join(', or ')} (${answered} of ${of})` };
  }
  const unexplained = 'nothing in the vocabulary explains its answers';
  const [part] = partly(asked);
  if (part === undefined) return { mark: 'bad', text: unexplained };
  const { subject, is, beyond, isWrongBeyond, rightWithout } = part;
  if (!is) return { mark: 'bad', text: `it is ${subject} without ${rightWithout.join(' or ')}, and wrong with it` };
  const more = beyond.join(', ');
  if (isWrongBeyond) return { mark: 'bad', text: `${unexplained} with ${more}; without, it is ${subject}` };
  return { mark: 'warn', text: `it is ${subject}, but not asked about ${more}` };
}

/** The screen of `signprox identify`. */
export function identityScreen(
  name: string,
  asked: readonly Identity[],
  exitCode: ExitCode,
  isDeclared = false,
): Screen {
  const found = explaining(asked, isDeclared);
  // What is something needs no bug that explains it too.
  const near = isDeclared || found.length === 0 ? nearest(asked, isDeclared) : [];
  const part = found.length + near.length === 0 ? partly(asked).slice(0, 1) : [];
  const wrong = isDeclared ? asked.filter((each) => ![...found, ...near, ...part].includes(each)) : [];
  return {
    verdict: identityVerdict(asked, isDeclared),
    about: name,
    blocks: [...found, ...(isDeclared ? near : near.slice(0, 3)), ...part, ...wrong].map((each) => ({
      facts: factsOf(each),
    })),
    more: [],
    exitCode,
  };
}

const words = (choice: string): string => choice.replaceAll('-', ' ');

function factsOf({
  subject,
  is,
  answered,
  of,
  choices,
  references,
  looksLike,
  beyond,
  rightWithout,
}: Identity): Fact[] {
  const facts: readonly (readonly [string, string])[] = [
    ['with', choices.map(words).join(', ')],
    ['as', references.join(', ')],
    ['looks like', is ? '' : looksLike.join(', or ')],
    ['right without', is ? '' : rightWithout.join(' or ')],
    ['asked', `${answered} of ${of} test vectors`],
    ['not asked', is ? beyond.join(', ') : ''],
  ];
  return [[is ? 'is' : 'not', subject], ...facts.filter(([, text]) => text !== '')];
}
