// Gradient of phase retrieval, g = 2 A'(((Ax)^2 - y) .* Ax), m = 3000, n = 2500: one pass over the rows, eight at a time.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { m = 3000, n = 2500, repeats = 40 };

static void gradient(const double *restrict a, const double *restrict y, const double *restrict x, double *restrict g) {
  memset(g, 0, n * sizeof *g);
  for (int j = 0; j < m; j += 8) {
    const double *rows = a + (size_t)j * n;
    double s[8] = {0}, f[8];
    for (int i = 0; i < n; i++)
      for (int k = 0; k < 8; k++) s[k] += rows[k * n + i] * x[i];
    for (int k = 0; k < 8; k++) f[k] = 2 * (s[k] * s[k] - y[j + k]) * s[k];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = 0; k < 8; k++) sum += f[k] * rows[k * n + i];
      g[i] += sum;
    }
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
