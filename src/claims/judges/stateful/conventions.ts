/** Conventions about a memory that differ between papers and libraries, and that no theorem decides. */
export interface MemoryConventions {
  /** Whether the first memory is the first gradient itself, or weights it like every other. */
  readonly first: 'whole' | 'weighted';
  /** The weight of a new gradient in a momentum buffer: 1 − τ with the dampening τ, or 1 − μ, which gives a mean. */
  readonly buffer: 'heavy ball' | 'mean';
  /** Whether a decoupled decay shrinks x before the step, or the result of the step. */
  readonly decay: 'before the step' | 'after the step';
}

/** The conventions of PyTorch, of Lion and of the theorems on signProx with momentum. */
export const usualConventions: MemoryConventions = {
  first: 'whole',
  buffer: 'heavy ball',
  decay: 'before the step',
};
