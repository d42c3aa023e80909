// Arguments are reduced to an interval around zero, where a Taylor series is summed, small terms
// first. A second number holds the rounding errors of the largest terms (T. J. Dekker, "A
// floating-point technique for extending the available precision", 1971).
#include "rse_real.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#include "real_pair.inc"

// MARK: Exponentials

// ln 2 in two parts; also split so that the first part times an integer below 2^15 is exact.
static const pair ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
static const double short_ln2 = 0x1.62e42fefa0000p-1, rest_of_ln2 = 0x1.cf79abc9e3b3ap-40;
static const pair one_by_ln2 = {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56};

// 2^0 and 2^(1/2).
static const pair roots[2] = {{1, 0}, {0x1.6a09e667f3bcdp+0, -0x1.bdd3413b26456p-54}};

// (value.high + value.low) * 2^k, rounded once; the sum is between 0.8 and 1.7, -1080 <= k <= 1100.
static inline double scaled(pair value, int k) {
  const double sum = value.high + value.low;
  if (k >= -1021 && k <= 1023) return sum * power_of_two(k);
  if (k > 1023) return sum * 0x1p1023 * power_of_two(k - 1023);
  if (k == -1022 && sum >= 1) return sum * 0x1p-1022;
  // Added to this number, the last place is that of the numbers below 2^-1022.
  const double base = power_of_two(-1022 - k);
  const pair high = ordered_sum(base, value.high);
  const double rounded = (high.high + (high.low + value.low)) - base;
  return rounded * power_of_two(k + 1000) * 0x1p-1000;
}

// e^r, times the root of 2 if the number of halves is odd, with an error below 2^-59; |r| < 0.18.
static inline pair root_power(pair r, int halves) {
  const pair half_square = half(square(r.high));
  // 1 + r + r^2/2 + r^3 (1/3! + r/4! + ... + r^9/12!)
  const double x = r.high, x2 = x * x, x4 = x2 * x2;
  const double a = 1.0 / 6 + x * (1.0 / 24) + x2 * (1.0 / 120 + x * (1.0 / 720));
  const double b = 1.0 / 5040 + x * (1.0 / 40320) + x2 * (1.0 / 362880 + x * (1.0 / 3628800));
  const double c = 1.0 / 39916800 + x * (1.0 / 479001600);
  const double rest = x2 * x * (a + x4 * (b + x4 * c));
  const pair linear = ordered_sum(1, x);
  const pair quadratic = ordered_sum(linear.high, half_square.high);
  const double low = half_square.low + r.low * quadratic.high;
  const pair power = {quadratic.high, (linear.low + quadratic.low) + (low + rest)};
  return product(power, roots[halves & 1]);
}

// 2^x; |x| <= 1080.
static inline double power_of_two_of(pair x) {
  const double shifted = 2 * x.high + rounder;
  const int halves = whole(shifted);
  const pair fraction = ordered_sum(x.high - 0.5 * (shifted - rounder), x.low);
  return scaled(root_power(product(fraction, ln2), halves), halves >> 1);
}

// x minus the nearest multiple of ln 2 / 2, and the number of that multiple; |x| < 750.
static inline pair reduced_exponent(double x, int *halves) {
  const double shifted = x * (2 * one_by_ln2.high) + rounder, multiple = shifted - rounder;
  *halves = whole(shifted);
  return exact_sum(x - multiple * (0.5 * short_ln2), -(multiple * (0.5 * rest_of_ln2)));
}

double rse_exp(double x) {
  if (x != x) return no_number;
  if (x > 709.8) return infinity;
  if (x < -745.2) return 0;
  int halves;
  const pair rest = reduced_exponent(x, &halves);
  return scaled(root_power(rest, halves), halves >> 1);
}

double rse_exp2(double x) {
  if (x != x) return no_number;
  if (x >= 1024) return infinity;
  if (x < -1075) return 0;
  return power_of_two_of((pair){x, 0});
}

// e^x - 1, where 2^-30 <= |x| < 100.
static inline pair expm1_parts(double x) {
  int halves;
  const pair rest = reduced_exponent(x, &halves);
  const pair power = root_power(rest, halves);
  const double scale = power_of_two(halves >> 1);
  const pair high = exact_sum(power.high * scale, -1);
  return ordered_sum(high.high, high.low + power.low * scale);
}

double rse_expm1(double x) {
  if (x != x) return no_number;
  if (magnitude(x) < 0x1p-30) return magnitude(x) < 0x1p-54 ? x : x + 0.5 * x * x;
  if (x < -40) return -1;
  if (x >= 100) return rse_exp(x);
  return expm1_parts(x).high;
}

double rse_tanh(double x) {
  if (x != x) return no_number;
  const double size = magnitude(x);
  if (size < 0x1p-28) return x;
  if (size > 22) return with_sign(1, x);
  // (e^2x - 1) / (e^2x + 1)
  const pair grown = expm1_parts(2 * size);
  const pair below = exact_sum(2, grown.high);
  const double high = grown.high / below.high;
  const pair back = exact_product(high, below.high);
  const double rest = ((grown.high - back.high) - back.low) + grown.low;
  return with_sign(high + (rest - high * (below.low + grown.low)) / below.high, x);
}

// MARK: Logarithms

// x = m * 2^e, where m is between the roots of 1/2 and 2; x is positive and finite.
static inline double mantissa(double x, int *exponent) {
  const int lift = x < 0x1p-1022 ? 54 : 0;
  const uint64_t bits = bits_of(lift > 0 ? x * 0x1p54 : x);
  const int64_t e = (int64_t)(bits - 0x3FE6A09E667F3BCD) >> 52;
  *exponent = (int)e - lift;
  return number_of(bits - ((uint64_t)e << 52));
}

// e * ln 2 + log(1 + f) + rest; 1 + f is between the roots of 1/2 and 2, or f is tiny.
static inline double log_parts(int e, double f, double rest) {
  // s = f / (2 + f): log(1 + f) = 2 artanh s = f - f^2/2 + s (f^2/2 + r), where r is the sum of
  // 2 s^2j / (2j + 1) over j from 1 to 11.
  const double s = f / (2 + f), z = s * s, z2 = z * z, z4 = z2 * z2;
  const double a = 2.0 / 3 + z * (2.0 / 5) + z2 * (2.0 / 7 + z * (2.0 / 9));
  const double b = 2.0 / 11 + z * (2.0 / 13) + z2 * (2.0 / 15 + z * (2.0 / 17));
  const double c = 2.0 / 19 + z * (2.0 / 21) + z2 * (2.0 / 23);
  const double r = z * (a + z4 * (b + z4 * c));
  const pair half_square = half(square(f));
  const pair linear = ordered_sum(e * short_ln2, f);
  const pair quadratic = ordered_sum(linear.high, -half_square.high);
  const double low = quadratic.low + (linear.low + (e * rest_of_ln2 + rest)) - half_square.low;
  return quadratic.high + (low + s * (0.5 * f * f + r));
}

double rse_log(double x) {
  if (!(x > 0)) return x == 0 ? -infinity : no_number;
  if (x == infinity) return x;
  int e;
  const double m = mantissa(x, &e);
  return log_parts(e, m - 1, 0);
}

double rse_log1p(double x) {
  if (!(x > -1)) return x == -1 ? -infinity : no_number;
  if (x == infinity || magnitude(x) < 0x1p-54) return x;
  const pair value = exact_sum(1, x);
  int e;
  const double m = mantissa(value.high, &e);
  if (e == 0) return log_parts(0, x, 0);
  return log_parts(e, m - 1, value.low / value.high);
}

// The logarithm to base 2 of a positive finite number, with a relative error below 2^-70.
static inline pair log2_parts(double x) {
  int e;
  const double f = mantissa(x, &e) - 1;
  const pair s = quotient(f, exact_sum(2, f)), z = product(s, s);
  // artanh s = s (1 + z/3 + z^2/5 + z^3/7 + z^4/9 + ...), to z^14 / 29.
  const double y = z.high, y2 = y * y, y4 = y2 * y2;
  const double a = 1.0 / 9 + y * (1.0 / 11) + y2 * (1.0 / 13 + y * (1.0 / 15));
  const double b = 1.0 / 17 + y * (1.0 / 19) + y2 * (1.0 / 21 + y * (1.0 / 23));
  const double c = 1.0 / 25 + y * (1.0 / 27) + y2 * (1.0 / 29);
  pair series = ordered_sum(1.0 / 7, 0x1.2492492492492p-57 + y * (a + y4 * (b + y4 * c)));
  series = sum((pair){1.0 / 5, -0x1.999999999999ap-57}, product(z, series));
  series = sum((pair){1.0 / 3, 0x1.5555555555555p-56}, product(z, series));
  series = sum((pair){1, 0}, product(z, series));
  const pair twice = {2 * s.high, 2 * s.low};
  return sum((pair){e, 0}, product(product(twice, series), one_by_ln2));
}

double rse_log2(double x) {
  if (!(x > 0)) return x == 0 ? -infinity : no_number;
  if (x == infinity) return x;
  return log2_parts(x).high;
}

double rse_log10(double x) {
  if (!(x > 0)) return x == 0 ? -infinity : no_number;
  if (x == infinity) return x;
  const pair log10_of_2 = {0x1.34413509f79ffp-2, -0x1.9dc1da994fd21p-59};
  return product(log2_parts(x), log10_of_2).high;
}

// MARK: Powers

// x^y, where x is positive and finite and y is finite.
static double positive_power(double x, double y) {
  if (magnitude(y) < 0x1p-65 || x == 1) return 1;
  const pair base = log2_parts(x);
  if (magnitude(y) > 0x1p65) return (base.high > 0) == (y > 0) ? infinity : 0;
  const pair exponent = product(base, (pair){y, 0});
  if (exponent.high >= 1024) return infinity;
  if (exponent.high < -1080) return 0;
  return power_of_two_of(exponent);
}

double rse_pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return no_number;
  const double size = magnitude(x);
  if (magnitude(y) == infinity) {
    if (size == 1) return 1;
    return (size > 1) == (y > 0) ? infinity : 0;
  }
  const bool is_large = magnitude(y) >= 0x1p53;
  const bool is_whole = is_large || (double)(int64_t)y == y;
  const bool is_odd = !is_large && is_whole && ((int64_t)y & 1) != 0;
  if (x < 0 && size < infinity && !is_whole) return no_number;
  double power;
  if (size == 0 || size == infinity) {
    power = (size == 0) == (y < 0) ? infinity : 0;
  } else {
    power = positive_power(size, y);
  }
  return is_odd ? with_sign(power, x) : power;
}

// MARK: Sine and cosine

// The fraction bits of 2 / pi, preceded by 64 zeros.
static const uint64_t two_by_pi[20] = {
    0,
    0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561,
    0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
    0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
    0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B,
    0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB};

static const pair half_pi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};

// x minus the nearest multiple of pi/2, and the number of that multiple modulo 4, for finite
// |x| >= 2^20: the fraction of x * 2/pi is computed with 190 bits (M. H. Payne, R. N. Hanek, "Radian
// reduction for trigonometric functions", 1983).
static pair reduced_large(double x, int *quadrant) {
  const uint64_t bits = bits_of(x);
  const uint64_t factor = (bits & 0xFFFFFFFFFFFFF) | 0x10000000000000;
  // x = factor * 2^e; bits of 2/pi of weights above 2^(1 - e) add multiples of 4.
  const int e = (int)(bits >> 52 & 0x7FF) - 1075;
  const int word = (e + 62) / 64, shift = (e + 62) % 64;
  uint64_t window[3];
  for (int i = 0; i < 3; i++) {
    window[i] = two_by_pi[word + i] << shift;
    if (shift > 0) window[i] |= two_by_pi[word + i + 1] >> (64 - shift);
  }
  const unsigned __int128 low = (unsigned __int128)window[2] * factor;
  const unsigned __int128 middle = (unsigned __int128)window[1] * factor + (uint64_t)(low >> 64);
  const uint64_t top = window[0] * factor + (uint64_t)(middle >> 64);
  // Two integer bits and 190 fraction bits.
  int turns = (int)(top >> 62);
  uint64_t a = top << 2 | (uint64_t)middle >> 62;
  uint64_t b = (uint64_t)middle << 2 | (uint64_t)low >> 62;
  const bool is_above = a >> 63 != 0;
  if (is_above) {
    turns++;
    a = ~a;
    b = ~b;
  }
  // No double is so close to a multiple that the first 64 bits are all zeros.
  const int zeros = __builtin_clzll(a);
  if (zeros > 0) {
    a = a << zeros | b >> (64 - zeros);
    b <<= zeros;
  }
  const double scale = power_of_two(-zeros);
  const double high = (double)(a >> 11) * 0x1p-53 * scale;
  const double rest = (double)(a << 53 | b >> 11) * 0x1p-117 * scale;
  pair result = product((pair){high, rest}, half_pi);
  if (is_above != (x < 0)) result = (pair){-result.high, -result.low};
  *quadrant = x < 0 ? -turns : turns;
  return result;
}

// The same for any finite x.
static inline pair reduced(double x, int *quadrant) {
  const double size = magnitude(x);
  *quadrant = 0;
  if (size <= 0x1.921fb54442d18p-1) return (pair){x, 0};
  if (size >= 0x1p20) return reduced_large(x, quadrant);
  // In pi/2 = parts[0] + parts[1] + parts[2] + parts[3], the products of the first three parts with
  // an integer below 2^20 are exact.
  const double parts[4] = {
      0x1.921fb54400000p+0, 0x1.0b4611a600000p-34, 0x1.3198a2e000000p-69, 0x1.b839a252049c1p-104};
  const double shifted = x * 0x1.45f306dc9c883p-1 + rounder, count = shifted - rounder;
  *quadrant = whole(shifted);
  const double first = x - count * parts[0], second = count * 0x1.0b4611a626331p-34;
  const double high = first - second;
  if (magnitude(high) > 0x1p-9) return (pair){high, (first - high) - second};
  const pair a = exact_sum(first, -(count * parts[1]));
  const pair b = exact_sum(a.high, -(count * parts[2]));
  const pair c = exact_sum(b.high, -(count * parts[3]));
  return ordered_sum(c.high, (a.low + b.low) + c.low);
}

// For |x| < 0.79, up to x^17 / 17! and x^18 / 18!.
static inline double sine(pair x) {
  const double z = x.high * x.high, z2 = z * z, z4 = z2 * z2;
  const double a = 1.0 / 120 - z * (1.0 / 5040) + z2 * (1.0 / 362880 - z * (1.0 / 39916800));
  const double b = 1.0 / 6227020800 - z * (1.0 / 1307674368000) + z2 * (1.0 / 355687428096000);
  const double cubic = z * x.high * (z * (a + z4 * b) - 1.0 / 6);
  return x.high + (cubic + x.low * (1 - 0.5 * z));
}

static inline double cosine(pair x) {
  const double z = x.high * x.high, z2 = z * z, z4 = z2 * z2;
  const double a = 1.0 / 24 - z * (1.0 / 720) + z2 * (1.0 / 40320 - z * (1.0 / 3628800));
  const double b = 1.0 / 479001600 - z * (1.0 / 87178291200) +
                   z2 * (1.0 / 20922789888000 - z * (1.0 / 6402373705728000));
  const pair half_square = half(square(x.high));
  const pair value = ordered_sum(1, -half_square.high);
  const double low = value.low - (half_square.low + x.high * x.low);
  return value.high + (low + z2 * (a + z4 * b));
}

double rse_sin(double x) {
  if (!(magnitude(x) < infinity)) return no_number;
  if (magnitude(x) < 0x1p-27) return x;
  int quadrant;
  const pair rest = reduced(x, &quadrant);
  const double value = (quadrant & 1) != 0 ? cosine(rest) : sine(rest);
  return (quadrant & 2) != 0 ? -value : value;
}

double rse_cos(double x) {
  if (!(magnitude(x) < infinity)) return no_number;
  int quadrant;
  const pair rest = reduced(x, &quadrant);
  const double value = (quadrant & 1) != 0 ? sine(rest) : cosine(rest);
  return ((quadrant + 1) & 2) != 0 ? -value : value;
}
