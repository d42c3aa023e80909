// Cases of real.c.
#include "rse_real.h"

#include <math.h>
#include <string.h>

#include "trial.h"

#pragma STDC FP_CONTRACT OFF

// Any bits, where each exponent is as likely as another and a few values are no numbers.
static double any_double(rse_trial *t) {
  const uint64_t bits = rse_bits(t);
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static double evenly(rse_trial *t, double reach) {
  return (double)((int64_t)rse_bits(t) >> 10) * 0x1p-53 * reach;
}

static const double special[] = {
    0, -0.0, 1, -1, INFINITY, -INFINITY, NAN, 0x1p-1074, -0x1p-1074, 0x1p-1022, 0x1p1023,
    0x1.fffffffffffffp1023, 0.5, 2, 10, 1e22, 709.782712893384, -745.1332191019411, 1024, -1074,
    0x1.921fb54442d18p0,
};

enum { SPECIAL = sizeof special / sizeof *special, ARGUMENTS = 3000 };

// Special arguments, and then all kinds in turn.
static double argument(rse_trial *t, size_t index) {
  if (index < SPECIAL) return special[index];
  switch (index % 6) {
    case 0: return any_double(t);
    case 1: return evenly(t, 4);
    case 2: return evenly(t, 800);
    case 3: return 1 + evenly(t, index % 4 < 2 ? 0x1p-4 : 0x1p-20);
    case 4: return (double)((int32_t)rse_below(t, 4500) - 2250) / 2;
    default: return fabs(any_double(t));
  }
}

static void digest_results(rse_trial *t, double (*function)(double)) {
  for (size_t i = 0; i < ARGUMENTS; i++) rse_digest_double(t, function(argument(t, i)));
}

#define REAL(name) CASE(name) { digest_results(t, rse_##name); }

REAL(exp)
REAL(exp2)
REAL(expm1)
REAL(log)
REAL(log1p)
REAL(log2)
REAL(log10)
REAL(sin)
REAL(cos)
REAL(tanh)

CASE(pow) {
  for (size_t i = 0; i < SPECIAL; i++) {
    const double x = special[i];
    for (size_t k = 0; k < SPECIAL; k++) rse_digest_double(t, rse_pow(x, special[k]));
  }
  for (size_t i = 0; i < ARGUMENTS; i++) {
    const double x = fabs(argument(t, i)), y = evenly(t, 20);
    rse_digest_double(t, rse_pow(x, y));
  }
}
