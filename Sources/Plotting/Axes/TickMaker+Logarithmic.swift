extension TickMaker {
  /// Returns the powers of ten, or 1, 2 and 5 times powers of ten if the domain is short.
  func decades() -> TickSet {
    let exponents = exponents()
    if exponents.count >= 2, let (major, stride) = powers(exponents, label: decadeLabels) {
      let minor = stride == 1 ? multiples([2, 3, 4, 5, 6, 7, 8, 9]) : multiples([1])
      return TickSet(major: major, minor: minor)
    }
    let fine = multiples([1, 2, 5]).map { Tick($0, label(of: $0)) }
    if fine.count >= 3, fits(fine) {
      return TickSet(major: fine, minor: multiples([3, 4, 6, 7, 8, 9]))
    }
    return linear()
  }

  /// Returns the powers of two.
  func octaves() -> TickSet {
    let exponents = exponents()
    guard exponents.count >= 2, let (major, stride) = powers(exponents, label: octaveLabels) else {
      return linear()
    }
    return TickSet(major: major, minor: stride == 1 ? [] : exponents.map(power))
  }

  /// Returns the range of integers within the places of the domain.
  private func exponents() -> ClosedRange<Int> {
    let first = Int((domain.lowerPlace - 1e-9).rounded(.up))
    return first...max(first, Int((domain.upperPlace + 1e-9).rounded(.down)))
  }

  private func power(_ exponent: Int) -> Double {
    domain.scale == .log2
      ? domain.scale.backward(Double(exponent)) : NumberText.powerOfTen(exponent)
  }

  /// Returns every power, or every second, third, … one as the labels require.
  private func powers(
    _ exponents: ClosedRange<Int>,
    label: ([Int]) -> (Int) -> String
  ) -> (ticks: [Tick], stride: Int)? {
    for stride in [1, 2, 3, 4, 5, 10, 20, 50, 100, 200] {
      let chosen = exponents.filter { $0.isMultiple(of: stride) }
      if Double(chosen.count) * size > 2 * length { continue }
      let write = label(chosen)
      let ticks = chosen.map { Tick(power($0), write($0)) }
      if ticks.count < 2 { return nil }
      if fits(ticks) { return (ticks, stride) }
    }
    return nil
  }

  private func decadeLabels(_ exponents: [Int]) -> (Int) -> String {
    if axis.format == .percent { return { self.label(of: NumberText.powerOfTen($0)) } }
    let isPlain = exponents.allSatisfy { (-3...4).contains($0) }
    let isLong = exponents.contains(4)
    return { exponent in
      isPlain
        ? NumberText.decimal(
          NumberText.powerOfTen(exponent),
          places: -exponent,
          grouped: isLong
        )
        : "10" + NumberText.superscript(exponent)
    }
  }

  private func octaveLabels(_ exponents: [Int]) -> (Int) -> String {
    if axis.format == .percent { return { self.label(of: self.power($0)) } }
    let isPlain = exponents.allSatisfy { (-3..<16).contains($0) }
    let isLong = exponents.contains { $0 >= 14 }
    return { exponent in
      isPlain
        ? NumberText.decimal(self.power(exponent), places: max(0, -exponent), grouped: isLong)
        : "2" + NumberText.superscript(exponent)
    }
  }

  /// Returns multiples of powers of ten within the domain, in ascending order.
  private func multiples(_ digits: [Int]) -> [Double] {
    let first = Int(domain.lowerPlace.rounded(.down))
    let last = Int(domain.upperPlace.rounded(.up))
    guard last - first < 400 else { return [] }
    return (first...last).flatMap { exponent in
      digits.map { digit in
        exponent < 0
          ? Double(digit) / NumberText.powerOfTen(-exponent)
          : Double(digit) * NumberText.powerOfTen(exponent)
      }
    }.filter { domain.contains($0) }
  }
}
