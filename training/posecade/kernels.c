/* Batch norm with residual and ReLU, nearest-neighbour upsampling with addition, crops and the joints' own 1x1 on bfloat16 (with
   -DSINGLE: float32) activations that lie channels last: an array of rows (pixels) by channels. One pass over memory where PyTorch 1.13
   takes three; one thread. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef SINGLE
typedef float number;

static inline float widen(number f) { return f; }
static inline number narrow(float f) { return f; }
#else
typedef uint16_t number; /* bfloat16 */

static inline float widen(number h) {
  uint32_t bits = (uint32_t)h << 16;
  float f;
  memcpy(&f, &bits, 4);
  return f;
}

static inline number narrow(float f) { /* to nearest, ties to even; no NaN comes here */
  uint32_t bits;
  memcpy(&bits, &f, 4);
  return (number)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}
#endif

enum { BLOCK = 256, WIDEST = 1024 };

/* Sums over rows of x and of x * x. Blocks keep the float sums short; totals are doubles. */
void norm_sums(const number *restrict x, long rows, long width, double *restrict sum, double *restrict square) {
  memset(sum, 0, width * sizeof *sum);
  memset(square, 0, width * sizeof *square);
  for (long start = 0; start < rows; start += BLOCK) {
    float s[WIDEST] = {0}, q[WIDEST] = {0};
    long end = start + BLOCK < rows ? start + BLOCK : rows;
    for (long r = start; r < end; r++)
      for (long c = 0; c < width; c++) {
        float v = widen(x[r * width + c]);
        s[c] += v;
        q[c] += v * v;
      }
    for (long c = 0; c < width; c++) sum[c] += s[c], square[c] += q[c];
  }
}

/* y = relu(x * scale + shift + residual); residual may be null. */
void norm_apply(const number *restrict x, const number *restrict residual, long rows, long width, const float *restrict scale,
                const float *restrict shift, number *restrict y) {
  for (long r = 0; r < rows; r++) {
    const number *xr = x + r * width, *rr = residual + r * width;
    number *yr = y + r * width;
    if (residual)
      for (long c = 0; c < width; c++) {
        float v = widen(xr[c]) * scale[c] + shift[c] + widen(rr[c]);
        yr[c] = narrow(v > 0 ? v : 0);
      }
    else
      for (long c = 0; c < width; c++) {
        float v = widen(xr[c]) * scale[c] + shift[c];
        yr[c] = narrow(v > 0 ? v : 0);
      }
  }
}

/* Sums over rows of g and of g * x, where g = dy where y > 0, else 0. */
void norm_back_sums(const number *restrict x, const number *restrict y, const number *restrict dy, long rows, long width,
                    double *restrict sum, double *restrict product) {
  memset(sum, 0, width * sizeof *sum);
  memset(product, 0, width * sizeof *product);
  for (long start = 0; start < rows; start += BLOCK) {
    float s[WIDEST] = {0}, p[WIDEST] = {0};
    long end = start + BLOCK < rows ? start + BLOCK : rows;
    for (long r = start; r < end; r++)
      for (long c = 0; c < width; c++) {
        long i = r * width + c;
        float g = y[i] ? widen(dy[i]) : 0;
        s[c] += g;
        p[c] += g * widen(x[i]);
      }
    for (long c = 0; c < width; c++) sum[c] += s[c], product[c] += p[c];
  }
}

/* dx = g * scale + x * slope + shift; dresidual = g, unless null. */
void norm_back_apply(const number *restrict x, const number *restrict y, const number *restrict dy, long rows, long width,
                     const float *restrict scale, const float *restrict slope, const float *restrict shift, number *restrict dx,
                     number *restrict dresidual) {
  for (long r = 0; r < rows; r++) {
    long base = r * width;
    if (dresidual)
      for (long c = 0; c < width; c++) {
        number kept = y[base + c] ? dy[base + c] : 0;
        dresidual[base + c] = kept;
        dx[base + c] = narrow(widen(kept) * scale[c] + widen(x[base + c]) * slope[c] + shift[c]);
      }
    else
      for (long c = 0; c < width; c++) {
        number kept = y[base + c] ? dy[base + c] : 0;
        dx[base + c] = narrow(widen(kept) * scale[c] + widen(x[base + c]) * slope[c] + shift[c]);
      }
  }
}

/* out = big + small, each cell of small standing for 2 x 2 of big. Rows: images * height of small. */
void up_add(const number *restrict big, const number *restrict small, long lines, long columns, long width, number *restrict out) {
  for (long l = 0; l < 2 * lines; l++)
    for (long k = 0; k < 2 * columns; k++) {
      const number *b = big + (l * 2 * columns + k) * width, *s = small + (l / 2 * columns + k / 2) * width;
      number *o = out + (l * 2 * columns + k) * width;
      for (long c = 0; c < width; c++) o[c] = narrow(widen(b[c]) + widen(s[c]));
    }
}

/* Sums of 2 x 2 cells. */
void up_back(const number *restrict d, long lines, long columns, long width, number *restrict out) {
  for (long l = 0; l < lines; l++)
    for (long k = 0; k < columns; k++) {
      const number *a = d + (2 * l * 2 * columns + 2 * k) * width, *b = a + 2 * columns * width;
      number *o = out + (l * columns + k) * width;
      for (long c = 0; c < width; c++)
        o[c] = narrow(widen(a[c]) + widen(a[c + width]) + widen(b[c]) + widen(b[c + width]));
    }
}

/* Crops of features: out[n, j] is size x size cells of in[n] from corner (column, row) on, zeros outside. */
void crops(const number *restrict in, const int64_t *restrict corners, long images, long joints, long side, long size, long width,
           number *restrict out) {
  for (long k = 0; k < images * joints; k++)
    for (long y = 0; y < size; y++)
      for (long x = 0; x < size; x++, out += width) {
        long column = corners[2 * k] + x, row = corners[2 * k + 1] + y;
        if (column < 0 || row < 0 || column >= side || row >= side)
          memset(out, 0, width * sizeof *out);
        else
          memcpy(out, in + ((k / joints * side + row) * side + column) * width, width * sizeof *out);
      }
}

/* Its gradient: what every crop says of a cell, summed in single precision. */
void crops_back(const number *restrict d, const int64_t *restrict corners, long images, long joints, long side, long size,
                long width, number *restrict out) {
  long area = side * side * width;
  float *sum = malloc(area * sizeof *sum);
  for (long n = 0; n < images; n++) {
    memset(sum, 0, area * sizeof *sum);
    for (long k = n * joints; k < (n + 1) * joints; k++)
      for (long y = 0; y < size; y++)
        for (long x = 0; x < size; x++, d += width) {
          long column = corners[2 * k] + x, row = corners[2 * k + 1] + y;
          if (column < 0 || row < 0 || column >= side || row >= side) continue;
          float *s = sum + (row * side + column) * width;
          for (long c = 0; c < width; c++) s[c] += widen(d[c]);
        }
    for (long i = 0; i < area; i++) out[n * area + i] = narrow(sum[i]);
  }
  free(sum);
}

/* A joint's own 1x1: out[n, j, p] = sum over c of x[n, j, p, c] * w[j, c]. */
void dots(const number *restrict x, const float *restrict w, long images, long joints, long cells, long width, float *restrict out) {
  for (long k = 0; k < images * joints; k++)
    for (long p = 0; p < cells; p++, x += width) {
      const float *v = w + k % joints * width;
      float sum = 0;
      for (long c = 0; c < width; c++) sum += widen(x[c]) * v[c];
      *out++ = sum;
    }
}

/* Its gradients: dx = d * w, and dw = sum over n and p of d * x (dw comes in as zeros). */
void dots_back(const number *restrict x, const float *restrict w, const float *restrict d, long images, long joints, long cells,
               long width, number *restrict dx, float *restrict dw) {
  for (long k = 0; k < images * joints; k++) {
    const float *v = w + k % joints * width;
    float *sum = dw + k % joints * width;
    for (long p = 0; p < cells; p++, d++, x += width, dx += width)
      for (long c = 0; c < width; c++) {
        dx[c] = narrow(*d * v[c]);
        sum[c] += *d * widen(x[c]);
      }
  }
}

/* One level of the image pyramid, size x size x 3: written as a number, and the mean of each 2 x 2 pixels goes to the next level. */
static void level(const float *restrict in, long size, float *restrict next, number *restrict out) {
  for (long i = 0; i < size * size * 3; i++) out[i] = narrow(in[i]);
  if (!next) return;
  for (long y = 0; y < size / 2; y++)
    for (long x = 0; x < size / 2; x++)
      for (long c = 0; c < 3; c++) {
        const float *a = in + (2 * y * size + 2 * x) * 3 + c, *b = a + size * 3;
        next[(y * (size / 2) + x) * 3 + c] = 0.25f * (a[0] + a[3] + b[0] + b[3]);
      }
}

/* Bytes [images, size, size, 3] to three levels; values[b] is what byte b stands for. */
void pyramid(const uint8_t *restrict pixels, long images, long size, const float *restrict values, number *restrict full,
             number *restrict halved, number *restrict quartered) {
  long area = size * size * 3;
  float *buffer = malloc((area + area / 4 + area / 16) * sizeof *buffer);
  float *next = buffer + area, *last = next + area / 4;
  for (long n = 0; n < images; n++) {
    for (long i = 0; i < area; i++) buffer[i] = values[pixels[n * area + i]];
    level(buffer, size, next, full + n * area);
    level(next, size / 2, last, halved + n * area / 4);
    level(last, size / 4, 0, quartered + n * area / 16);
  }
  free(buffer);
}
