// Elementary functions in double precision whose results are bit-identical on every machine: they
// consist of + - * /, comparisons and bit operations, in a fixed order, and call no library.
//
// Errors are bounds in units in the last place of the result. They exceed the largest errors
// over 3 million random arguments of each function, of all magnitudes and near hard cases,
// compared at 200 bits of precision. Zeros, infinities and arguments outside the domain are treated
// as in annex F of C99; a NaN result has the bits 0x7FF8000000000000, regardless of the bits of
// the argument.
#ifndef RSE_REAL_H
#define RSE_REAL_H

/// e^x; error below 0.51.
double rse_exp(double x);

/// 2^x, exact for whole x; error below 0.51.
double rse_exp2(double x);

/// e^x - 1, accurate also for small x; error below 0.53.
double rse_expm1(double x);

/// The natural logarithm; error below 0.65.
double rse_log(double x);

/// log(1 + x), accurate also for small x; error below 0.68.
double rse_log1p(double x);

/// The logarithm to base 2, exact where it is whole; error below 0.501.
double rse_log2(double x);

/// The logarithm to base 10, exact where it is whole; error below 0.501.
double rse_log10(double x);

/// x^y, exact where it is representable; error below 0.51.
double rse_pow(double x, double y);

/// The sine of x radians, of any magnitude; error below 0.8.
double rse_sin(double x);

/// The cosine of x radians, of any magnitude; error below 0.8.
double rse_cos(double x);

/// The hyperbolic tangent; error below 0.53.
double rse_tanh(double x);

#endif
