import CGMP

/// A whole number ≥ 0 of any size.
final class BigNumber {
  private var value = __mpz_struct()

  /// Zero.
  init() { __gmpz_init(&value) }

  /// The number that symbols mean, see `Digits`.
  convenience init(_ symbols: ArraySlice<Int32>, _ digits: Digits) {
    self.init(text: digits.text(symbols), base: digits.base.rawValue)
  }

  /// The number that digits mean, most significant first; 0 for a text of other characters.
  init(text: String, base: Int) {
    __gmpz_init_set_str(&value, text, Int32(base))
  }

  deinit { __gmpz_clear(&value) }

  /// Whether it is 0.
  var isZero: Bool { value._mp_size == 0 }

  /// The digits, most significant first, without zeros before them.
  func text(base: Int) -> String {
    // Two more than the digits: a sign and the zero byte at the end.
    let count = __gmpz_sizeinbase(&value, Int32(base)) + 2
    return String(unsafeUninitializedCapacity: count) { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else { return 0 }
        __gmpz_get_str(start, Int32(base), &value)
        return characters.firstIndex(of: 0) ?? 0
      }
    }
  }

  /// The symbols, least significant digit first, see `Digits`; one for 0.
  func symbols(_ digits: Digits) -> [Int32] {
    let zero = Int32(UInt8(ascii: "0")) - digits.zero
    return text(base: digits.base.rawValue).utf8.reversed().map { Int32($0) - zero }
  }

  /// The product.
  static func * (left: BigNumber, right: BigNumber) -> BigNumber {
    let result = BigNumber()
    __gmpz_mul(&result.value, &left.value, &right.value)
    return result
  }

  /// Quotient and remainder; the divisor is not 0.
  func quotientAndRemainder(
    dividingBy divisor: BigNumber
  ) -> (quotient: BigNumber, remainder: BigNumber) {
    precondition(!divisor.isZero, "the divisor is not 0")
    let (quotient, remainder) = (BigNumber(), BigNumber())
    __gmpz_tdiv_qr(&quotient.value, &remainder.value, &value, &divisor.value)
    return (quotient, remainder)
  }
}
