import CGMP

/// An integer ≥ 0 of any size.
final class BigNumber {
  private var value = __mpz_struct()

  /// Zero.
  init() { __gmpz_init(&value) }

  /// Creates the number that symbols represent, see `Digits`.
  convenience init(_ symbols: ArraySlice<Int32>, _ digits: Digits) {
    self.init(text: digits.text(symbols), base: digits.base.rawValue)
  }

  /// Creates the number that digits represent, most significant first; 0 for a text with other characters.
  init(text: String, base: Int) {
    __gmpz_init_set_str(&value, text, Int32(base))
  }

  deinit { __gmpz_clear(&value) }

  /// True if the number is 0.
  var isZero: Bool { value._mp_size == 0 }

  /// Returns the digits, most significant first, without leading zeros.
  func text(base: Int) -> String {
    // The digits and two more bytes: a sign and the terminating zero.
    let count = __gmpz_sizeinbase(&value, Int32(base)) + 2
    return String(unsafeUninitializedCapacity: count) { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else { return 0 }
        __gmpz_get_str(start, Int32(base), &value)
        return characters.firstIndex(of: 0) ?? 0
      }
    }
  }

  /// Returns the symbols, least significant digit first, see `Digits`; 0 has one symbol.
  func symbols(_ digits: Digits) -> [Int32] {
    let zero = Int32(UInt8(ascii: "0")) - digits.zero
    return text(base: digits.base.rawValue).utf8.reversed().map { Int32($0) - zero }
  }

  /// Returns the product.
  static func * (left: BigNumber, right: BigNumber) -> BigNumber {
    let result = BigNumber()
    __gmpz_mul(&result.value, &left.value, &right.value)
    return result
  }

  /// Returns quotient and remainder; the divisor must not be 0.
  func quotientAndRemainder(
    dividingBy divisor: BigNumber
  ) -> (quotient: BigNumber, remainder: BigNumber) {
    precondition(!divisor.isZero, "the divisor is not 0")
    let (quotient, remainder) = (BigNumber(), BigNumber())
    __gmpz_tdiv_qr(&quotient.value, &remainder.value, &value, &divisor.value)
    return (quotient, remainder)
  }
}
