// The chain of signProx on the lattice x0 + gamma j: d = x^2/2, noise +-1 with probability 1/2, B = T, x0 = 1, gamma = 1/(2 sqrt T). Law of
// the sign once per point, then T steps over the cone of points that can be reached. Argument: T.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int T, size;
static double *positive, *negative, *tie, *term, *mass, *next;

static double left(void) {
  int offset = T - 1;
  for (int j = 0; j < size; j++) mass[j] = next[j] = 0;
  mass[offset] = 1;
  double total = 0;
  for (int t = 1;; t++) {
    for (int j = offset - t + 1; j <= offset + t - 1; j++) total += mass[j] * term[j];
    if (t == T) return total / T;
    for (int j = offset - t; j <= offset + t; j++) {
      double sum = mass[j] * tie[j];
      if (j > 0) sum += mass[j - 1] * negative[j - 1];
      if (j < size - 1) sum += mass[j + 1] * positive[j + 1];
      next[j] = sum;
    }
    double *swap = mass;
    mass = next;
    next = swap;
  }
}

int main(int argc, char **argv) {
  T = argc > 1 ? atoi(argv[1]) : 2000;
  size = 2 * T - 1;
  double **arrays[] = {&positive, &negative, &tie, &term, &mass, &next};
  for (int k = 0; k < 6; k++) *arrays[k] = calloc(size, sizeof(double));
  double step = 1 / (2 * sqrt(T)), *below = malloc((T + 2) * sizeof(double)), sum = 0;
  // P[c < k] for c ~ Bin(T, 1/2): G + (2c - T)/T > 0 exactly when c > T (1 - G)/2.
  for (int k = 0; k <= T; k++) {
    below[k] = sum;
    sum += exp(lgamma(T + 1) - lgamma(k + 1) - lgamma(T - k + 1) - T * log(2));
  }
  below[T + 1] = 1;
  clock_t start = clock();
  double result = 0;
  int repeats = T > 5000 ? 2 : 20;
  for (int r = 0; r < repeats; r++) {
    for (int j = 0; j < size; j++) {
      double g = 1 + (j - T + 1) * step, c = T * (1 - g) / 2;
      int low = c < 0 ? 0 : c > T ? T + 1 : (int)ceil(c), high = c < 0 ? 0 : c > T ? T + 1 : (int)floor(c) + 1;
      negative[j] = below[low];
      positive[j] = 1 - below[high];
      tie[j] = 1 - negative[j] - positive[j];
      term[j] = fabs(g);
    }
    result = left();
  }
  fprintf(stderr, "%.12g\n", result);
  printf("%.9g\n", (double)(clock() - start) / CLOCKS_PER_SEC / repeats);
}
