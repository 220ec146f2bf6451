/** What papers and libraries do differently about a memory, and no mathematics decides. */
export interface MemoryConventions {
  /** The first memory is the first gradient itself, or takes of it what it takes of every other. */
  readonly first: 'whole' | 'weighted';
  /** What a momentum buffer takes of a new gradient: 1 − τ, τ the dampening, or 1 − μ, which makes a mean of it. */
  readonly buffer: 'heavy ball' | 'mean';
  /** A decoupled decay shrinks x before the step, or what comes of the step. */
  readonly decay: 'before the step' | 'after the step';
}

/** Those of PyTorch, of Lion and of the theorems on signProx with momentum. */
export const usualConventions: MemoryConventions = {
  first: 'whole',
  buffer: 'heavy ball',
  decay: 'before the step',
};
