// Monte Carlo of the left sides of theorems 1 and 2, n = 10, K = 20, T = 1000: d = 1/2 sum a_i (x_i - c_i)^2, linear r_k. SPGM with B = 1,
// signProx with B = T by multinomial counts, drawn by inversion of tabulated binomial laws. Argument: the algorithm.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { n = 10, K = 20, T = 1000, warm = 50 };

static double curvature[n], center[n], slope[K][n], theta[K];

// Baagoe's Alea, the generator of the suite.
typedef struct { double s0, s1, s2; int32_t c; } alea;

static double next32(alea *g) {
  double t = 2091639 * g->s0 + g->c * 0x1p-32;
  g->s0 = g->s1;
  g->s1 = g->s2;
  g->c = (int32_t)t;
  return g->s2 = t - g->c;
}

static double next53(alea *g) {
  double high = next32(g);
  return high + (int32_t)(next32(g) * 0x200000) * 0x1p-53;
}

static alea seeded(int replicate) {
  alea g = {fmod(0.1 + 0.618033988749895 * replicate, 1), 0.3, 0.7, 1};
  for (int i = 0; i < 20; i++) next32(&g);
  return g;
}

typedef struct { int first, length; double *cumulative; } table;
static table *tables[K];

static table tabulate(int trials, double p) {
  double odds = p / (1 - p), *w = malloc((trials + 1) * sizeof *w), sum = 0;
  int mode = (int)fmin(trials, floor((trials + 1) * p)), first = mode, last = mode;
  w[mode] = 1;
  for (int k = mode; k > 0; k--) {
    w[k - 1] = w[k] * k / ((trials - k + 1) * odds);
    if (w[k - 1] < 0x1p-80) break;
    first = k - 1;
  }
  for (int k = mode; k < trials; k++) {
    w[k + 1] = w[k] * ((trials - k) * odds) / (k + 1);
    if (w[k + 1] < 0x1p-80) break;
    last = k + 1;
  }
  table r = {first, last - first + 1, malloc((last - first + 1) * sizeof(double))};
  for (int k = first; k <= last; k++) r.cumulative[k - first] = sum += w[k];
  for (int k = 0; k < r.length; k++) r.cumulative[k] /= sum;
  free(w);
  return r;
}

static int first_above(const double *cumulative, int length, double u) {
  int low = 0, high = length - 1;
  while (low < high) {
    int middle = (low + high) >> 1;
    if (u < cumulative[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

static void multinomial(alea *g, int batch, int *counts) {
  double rest = 1;
  for (int k = 0; k < K - 1; k++) {
    if (batch == 0) {
      counts[k] = 0;
      continue;
    }
    table *t = &tables[k][batch];
    if (t->cumulative == NULL) *t = tabulate(batch, theta[k] / rest);
    counts[k] = t->first + first_above(t->cumulative, t->length, next53(g));
    batch -= counts[k];
    rest -= theta[k];
  }
  counts[K - 1] = batch;
}

// G(x), and y on the way.
static void mapping(const double *x, double step, double *y, double *gradient, double *g) {
  for (int i = 0; i < n; i++) {
    gradient[i] = curvature[i] * (x[i] - center[i]);
    y[i] = x[i] - step * gradient[i];
    g[i] = 0;
  }
  for (int k = 0; k < K; k++)
    for (int i = 0; i < n; i++) g[i] += theta[k] * slope[k][i];
  for (int i = 0; i < n; i++) g[i] += gradient[i];
}

static double spgm(int replicate, double step, const double *cumulative) {
  alea random = seeded(replicate);
  double x[n], y[n], gradient[n], g[n], sum = 0;
  for (int i = 0; i < n; i++) x[i] = 1;
  for (int t = 1;; t++) {
    mapping(x, step, y, gradient, g);
    double norm = 0;
    for (int i = 0; i < n; i++) norm += g[i] * g[i];
    sum += norm;
    if (t == T) return sum / T;
    int k = first_above(cumulative, K, next53(&random));
    for (int i = 0; i < n; i++) x[i] = y[i] - step * slope[k][i];
  }
}

static double sign_prox(int replicate, double step) {
  alea random = seeded(replicate);
  double x[n], y[n], gradient[n], g[n], sum = 0;
  int counts[K];
  for (int i = 0; i < n; i++) x[i] = 1;
  for (int t = 1;; t++) {
    mapping(x, step, y, gradient, g);
    double norm = 0;
    for (int i = 0; i < n; i++) norm += fabs(g[i]);
    sum += norm;
    if (t == T) return sum / T;
    multinomial(&random, T, counts);
    double h[n] = {0};
    for (int k = 0; k < K; k++)
      for (int i = 0; i < n; i++) h[i] += counts[k] * slope[k][i];
    for (int i = 0; i < n; i++) {
      double v = gradient[i] + h[i] / T;
      x[i] -= step * ((v > 0) - (v < 0));
    }
  }
}

int main(int argc, char **argv) {
  int sign = argc > 1 && strcmp(argv[1], "sign-prox") == 0;
  double cumulative[K], total = 0, norm1 = 0, largest = 0;
  for (int i = 0; i < n; i++) {
    curvature[i] = 0.5 + i / 10.0;
    center[i] = i / 7.0;
    if (curvature[i] > largest) largest = curvature[i];
    norm1 += curvature[i];
  }
  for (int k = 0; k < K; k++) {
    for (int i = 0; i < n; i++) slope[k][i] = ((k * 7 + i * 3) % 11 - 5) / 4.0;
    theta[k] = 1.0 / K;
    cumulative[k] = total += theta[k];
    tables[k] = calloc(T + 1, sizeof(table));
  }
  cumulative[K - 1] = 1;
  double step = sign ? 1 / (2 * norm1 * sqrt(T)) : 1 / (largest * sqrt(T)), mean = 0;
  int R = sign ? 500 : 4000;
  clock_t start = 0;
  for (int r = 0; r < warm + R; r++) {
    if (r == warm) start = clock();
    mean += sign ? sign_prox(r, step) : spgm(r, step, cumulative);
  }
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC / R;
  fprintf(stderr, "%g\n", mean / (warm + R));
  printf("%.9g\n", seconds);
}
