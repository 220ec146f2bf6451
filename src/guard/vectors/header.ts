import type { Format } from './optimiser-question.js';
import type { OptimiserVector, VectorFile } from './vector-file.js';

const list = (values: readonly (string | number)[]): string => `{${values.join(', ')}}`;

/** A double as C has it. */
const cNumber = (value: string | number): string =>
  ({ inf: 'INFINITY', '-inf': '-INFINITY', nan: 'NAN' })[String(value)] ?? String(value);

/** The types that a header needs, once in a program. */
const types = `#ifndef SIGNPROX_VECTORS
#define SIGNPROX_VECTORS
#include <math.h>

/* Right is lower[t*n + i] <= x_t[i] <= upper[t*n + i] for all of them, or NaN where both are. */
struct signprox_answer {
  int conventions; const int *convention;
  const double *lower, *upper;
};
struct signprox_hyperparameter { const char *name; double value; };
struct signprox_form { const char *name; const double *x; };
/* reset: write x into the parameters before each step. */
struct signprox_vector {
  const char *id;
  int reset, n, steps, rows, columns;
  const double *x, *step, *gradient;
  int hyperparameters; const struct signprox_hyperparameter *hyperparameter;
  int answers; const struct signprox_answer *answer;
  int forms; const struct signprox_form *form;
};
#endif
`;

/** The vectors of an optimiser in a format as arrays for C and C++. */
export function headerOf({ subject, conventions, forms, vectors }: VectorFile, format: Format): string {
  const prefix = `signprox_${subject.replaceAll('-', '_')}_${format.replaceAll('-', '_')}`;
  const lines = [`/* signprox vectors, version 1: ${subject}, ${format} */`, types];
  lines.push(
    `static const char *const ${prefix}_conventions[] = ${list(conventions.map((each) => JSON.stringify(each)))};`,
  );
  const doubles = (name: string, values: readonly (string | number)[]): void => {
    lines.push(`static const double ${name}[] = ${list(values.map(cNumber))};`);
  };
  const structures: string[] = [];
  const asked = (vectors as readonly OptimiserVector[]).filter(({ answers }) =>
    answers.some((answer) => answer[format] !== undefined),
  );
  for (const [v, vector] of asked.entries()) {
    const name = `${prefix}_${v}`;
    doubles(`${name}_x`, vector.x);
    doubles(`${name}_step`, vector.steps);
    doubles(`${name}_gradient`, vector.gradients.flat());
    const hyperparameters = Object.entries(vector.hyperparameters).map(
      ([key, value]) => `{${JSON.stringify(key)}, ${Number(value)}}`,
    );
    lines.push(
      `static const struct signprox_hyperparameter ${name}_hyperparameter[] = ${list(hyperparameters.length === 0 ? ['{0, 0}'] : hyperparameters)};`,
    );
    const answers = vector.answers.map((answer, a) => {
      const intervals = answer[format]!.flat();
      const end = (side: 0 | 1): readonly string[] =>
        intervals.map((each) =>
          typeof each !== 'string' ? each[side] : each === 'any' ? ['-inf', 'inf'][side]! : each,
        );
      doubles(`${name}_lower${a}`, end(0));
      doubles(`${name}_upper${a}`, end(1));
      lines.push(`static const int ${name}_convention${a}[] = ${list(answer.conventions)};`);
      return `{${answer.conventions.length}, ${name}_convention${a}, ${name}_lower${a}, ${name}_upper${a}}`;
    });
    lines.push(`static const struct signprox_answer ${name}_answer[] = ${list(answers)};`);
    const like = Object.entries(vector.looksLike).map(([f, iterates]) => {
      doubles(`${name}_form${f}`, iterates.flat());
      return `{${JSON.stringify(forms[Number(f)])}, ${name}_form${f}}`;
    });
    lines.push(`static const struct signprox_form ${name}_form[] = ${list(like.length === 0 ? ['{0, 0}'] : like)};`);
    const [rows, columns] = vector.shape ?? [vector.x.length, 1];
    structures.push(
      `  {"${vector.id}", ${Number(vector.start === 'reset')}, ${vector.x.length}, ${vector.steps.length}, ${rows}, ${columns}, ${name}_x, ${name}_step, ${name}_gradient, ${hyperparameters.length}, ${name}_hyperparameter, ${answers.length}, ${name}_answer, ${like.length}, ${name}_form},`,
    );
  }
  lines.push(`static const struct signprox_vector ${prefix}[] = {`, ...structures, '};');
  lines.push(`static const int ${prefix}_count = ${asked.length};`);
  return `${lines.join('\n')}\n`;
}
