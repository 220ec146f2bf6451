// Gradient of phase retrieval, g = 2 A'(((Ax)^2 - y) .* Ax), m = 3000, n = 2500: one pass over the rows, four at a time.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { m = 3000, n = 2500, repeats = 40 };

static void gradient(const double *restrict a, const double *restrict y, const double *restrict x, double *restrict g) {
  memset(g, 0, n * sizeof *g);
  for (int j = 0; j < m; j += 4) {
    const double *r0 = a + (size_t)j * n, *r1 = r0 + n, *r2 = r1 + n, *r3 = r2 + n;
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (int i = 0; i < n; i++) {
      s0 += r0[i] * x[i];
      s1 += r1[i] * x[i];
      s2 += r2[i] * x[i];
      s3 += r3[i] * x[i];
    }
    double f0 = 2 * (s0 * s0 - y[j]) * s0, f1 = 2 * (s1 * s1 - y[j + 1]) * s1;
    double f2 = 2 * (s2 * s2 - y[j + 2]) * s2, f3 = 2 * (s3 * s3 - y[j + 3]) * s3;
    for (int i = 0; i < n; i++) g[i] += f0 * r0[i] + f1 * r1[i] + f2 * r2[i] + f3 * r3[i];
  }
}

int main(void) {
  double *a = malloc(sizeof(double) * m * n), *y = malloc(sizeof(double) * m);
  double x[n], g[n];
  srand(1);
  for (size_t i = 0; i < (size_t)m * n; i++) a[i] = (double)rand() / RAND_MAX - 0.5;
  for (int j = 0; j < m; j++) y[j] = (double)rand() / RAND_MAX;
  for (int i = 0; i < n; i++) x[i] = (double)rand() / RAND_MAX - 0.5;
  gradient(a, y, x, g);
  clock_t start = clock();
  double sink = 0;
  for (int k = 0; k < repeats; k++) {
    gradient(a, y, x, g);
    x[k] += 1e-9 * g[k];
    sink += g[0];
  }
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC / repeats;
  fprintf(stderr, "%g\n", sink);
  printf("%.9g\n", seconds);
}
