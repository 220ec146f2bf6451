import { decodeExact } from '../../claims/exact-encoding.js';

/** Longer texts are cut; the record keeps every bit. */
const longest = 600;

/** The input of a case for display: in mathematical terms for a prox or an iteration, else as decimal JSON. */
export function inputText(input: unknown): string {
  const decoded = decodeExact(input);
  const text = isRecord(decoded)
    ? (proxText(decoded) ?? familyText(decoded) ?? problemText(decoded) ?? instanceText(decoded) ?? json(decoded))
    : json(decoded);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float64Array);
}

/** `r = l1(weight = 0.7), γ = 0.1, y = [1, 2]`. */
function proxText({ specification, step, y, ...rest }: Fields): string | undefined {
  if (!isTerm(specification) || typeof step !== 'number' || !(y instanceof Float64Array)) return undefined;
  return [`r = ${termText(specification)}`, `γ = ${step}`, `y = ${json(y)}`, ...others(rest)].join(', ');
}

/** `r = l1(weight = 0.7); γ = 0.1, y = [1, 2]; γ = 4, points [1], [2]`. */
function familyText({ specification, placed, ...rest }: Fields): string | undefined {
  if (!isTerm(specification) || !Array.isArray(placed) || !placed.every(isPlaced)) return undefined;
  return [
    `r = ${termText(specification)}`,
    ...placed.map(({ step, points }) => {
      const shown = points.map(json).join(', ');
      return `γ = ${step}, ${points.length === 1 ? 'y =' : 'points'} ${shown}`;
    }),
    ...others(rest),
  ].join('; ');
}

/** `d = …; r = …, …; θ = […]; γ = 0.1, x = [1], k = [0, 1]`. */
function problemText({ problem, step, x, indices, ...rest }: Fields): string | undefined {
  if (!isRecord(problem) || typeof step !== 'number' || !(x instanceof Float64Array)) return undefined;
  const terms = termsText(problem);
  if (terms === undefined) return undefined;
  const drawn = indices === undefined ? [] : [`mini-batch ${json(indices)}`];
  return `${terms}; ${[`γ = ${step}`, `x = ${json(x)}`, ...drawn, ...others(rest)].join(', ')}`;
}

/** `d = …; r = …; x⁰ = [1], T = 4`. */
function instanceText({ problem, start, iterations, ...rest }: Fields): string | undefined {
  if (!isRecord(problem) || !Array.isArray(start) || typeof iterations !== 'number') return undefined;
  const terms = termsText(problem);
  return terms && `${terms}; ${[`x⁰ = ${json(start)}`, `T = ${iterations}`, ...others(rest)].join(', ')}`;
}

/** `d = …; r = …`, or `r_k = …, …; θ = […]` where there are several. */
function termsText({ smooth, functions, probabilities }: Fields): string | undefined {
  if (!isTerm(smooth) || !Array.isArray(functions) || !functions.every(isTerm)) return undefined;
  const drawn = functions.map(termText).join(', ');
  const mixed = functions.length === 1 ? `r = ${drawn}` : `r_k = ${drawn}; θ = ${json(probabilities)}`;
  return `d = ${termText(smooth)}; ${mixed}`;
}

const others = (rest: Fields): string[] => Object.entries(rest).map(([name, value]) => `${name} = ${json(value)}`);

interface Placed {
  readonly step: number;
  readonly points: readonly Float64Array[];
}

function isPlaced(value: unknown): value is Placed {
  if (!isRecord(value) || typeof value['step'] !== 'number') return false;
  const { points } = value;
  return Array.isArray(points) && points.every((point) => point instanceof Float64Array);
}

interface Term extends Fields {
  readonly type: string;
}

function isTerm(value: unknown): value is Term {
  return isRecord(value) && typeof value['type'] === 'string';
}

/** `huber(weight = 0.7, threshold = 0.5)`. */
function termText({ type, ...parameters }: Term): string {
  const shown = Object.entries(parameters).map(
    ([name, value]) => `${name} = ${isTerm(value) ? termText(value) : json(value)}`,
  );
  return shown.length === 0 ? type : `${type}(${shown.join(', ')})`;
}

function json(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (entry instanceof Float64Array) return Array.from(entry, readableNumber);
    return typeof entry === 'number' ? readableNumber(entry) : entry;
  });
}

function readableNumber(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}
