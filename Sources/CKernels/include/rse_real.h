// Elementary functions in double precision whose results are the same bits on every machine: they
// are made of + - * /, comparisons and operations on bits, in one order, and call no library.
//
// Errors are bounds in units in the last place of the result. They lie above the greatest errors
// over 3 million random arguments of each function, of all magnitudes and near the hard places,
// compared with 200 bits. Zeros, infinities and arguments outside of the domain are treated as in
// annex F of C99; a result that is no number has the bits 0x7FF8000000000000, whatever those of
// the argument were.
#ifndef RSE_REAL_H
#define RSE_REAL_H

/// e^x; error below 0.51.
double rse_exp(double x);

/// 2^x, exact for whole x; error below 0.51.
double rse_exp2(double x);

/// e^x - 1, also where x is small; error below 0.53.
double rse_expm1(double x);

/// The natural logarithm; error below 0.65.
double rse_log(double x);

/// log(1 + x), also where x is small; error below 0.68.
double rse_log1p(double x);

/// The logarithm of base 2, exact where it is whole; error below 0.501.
double rse_log2(double x);

/// The logarithm of base 10, exact where it is whole; error below 0.501.
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
