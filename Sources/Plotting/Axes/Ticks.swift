/// The ticks of an axis.
struct TickSet: Hashable {
  /// Labelled ticks in ascending order.
  var major: [Tick] = []
  /// Values of the unlabelled ticks between them.
  var minor: [Double] = []
}

/// Chooses ticks whose labels do not overlap.
struct TickMaker {
  /// The axis as described.
  let axis: Axis
  /// The range of values along the axis.
  let domain: AxisDomain
  /// The length of the axis in points.
  let length: Double
  /// True if labels are stacked vertically.
  let isVertical: Bool
  /// The type size of labels in points.
  let size: Double

  /// Returns the ticks by the axis's rule.
  func ticks() -> TickSet {
    switch axis.ticks {
    case .automatic:
      switch domain.scale {
      case .linear: linear()
      case .log10: decades()
      case .log2: octaves()
      }
    case .every(let step): multiples(of: step)
    case .values(let values):
      TickSet(major: thinned(values.sorted().map { Tick($0, label(of: $0)) }))
    case .labelled(let ticks):
      TickSet(major: thinned(ticks.filter { $0.value.isFinite }.sorted { $0.value < $1.value }))
    case .categories(let names): TickSet(major: categories(names))
    case .none: TickSet()
    }
  }

  /// The minimum width to which a name is truncated, in em; with less room some names are left out instead.
  private static let leastRoom = 2.5

  /// The minimum distance between two names, in em.
  private static let nameGap = 0.5

  /// Returns names at their positions, truncated to the distance between positions.
  private func categories(_ names: [String]) -> [Tick] {
    let ticks = names.enumerated().map { Tick(Double($0), $1) }
    let width = position(of: 1) - position(of: 0) - size * Self.nameGap
    guard !isVertical, ticks.count > 1, width >= Self.leastRoom * size else {
      return thinned(ticks)
    }
    return ticks.map { Tick($0.value, TextMetrics.truncated($0.label, to: width, size: size)) }
  }

  /// Returns a single value's label, in the format of the axis.
  func label(of value: Double) -> String {
    switch axis.format {
    case .number: NumberText.plain(value)
    case .percent: NumberText.plain(value * 100) + " %"
    }
  }

  /// Returns the distance of a value from the lower end in points.
  func position(of value: Double) -> Double {
    (domain.fraction(of: value) ?? 0) * length
  }

  /// Returns the extent of a label along the axis, with the room around it.
  func room(of label: String) -> Double {
    isVertical ? size * 1.5 : TextMetrics.width(of: label, size: size) + size * 1.1
  }

  /// Returns true if neighbouring labels do not overlap.
  func fits(_ ticks: [Tick]) -> Bool {
    zip(ticks, ticks.dropFirst()).allSatisfy { first, second in
      let distance = position(of: second.value) - position(of: first.value)
      return distance >= (room(of: first.label) + room(of: second.label)) / 2
    }
  }

  /// Returns the ticks within the domain, except those whose labels would overlap others: of equidistant ticks every
  /// second, fourth or so remains, of others each that has enough distance from the one before.
  private func thinned(_ ticks: [Tick]) -> [Tick] {
    let ticks = ticks.filter { domain.contains($0.value) }
    if isEven(ticks) {
      for step in [1, 2, 4, 5, 8, 10, 20, 50, 100] where step == 1 || step < ticks.count {
        let kept = stride(from: 0, to: ticks.count, by: step).map { ticks[$0] }
        if fits(kept) { return kept }
      }
    }
    var kept: [Tick] = []
    for tick in ticks {
      if let last = kept.last, !fits([last, tick]) { continue }
      kept.append(tick)
    }
    return kept
  }

  /// Returns true if there are more than two ticks and they are equidistant.
  private func isEven(_ ticks: [Tick]) -> Bool {
    guard ticks.count > 2 else { return false }
    let places = ticks.map { position(of: $0.value) }
    let distance = (places[places.count - 1] - places[0]) / Double(places.count - 1)
    return places.enumerated().allSatisfy { index, place in
      abs(place - places[0] - Double(index) * distance) < 0.01 * distance
    }
  }

  private func multiples(of step: Double) -> TickSet {
    guard step > 0, step.isFinite else { return linear() }
    let (first, last) = ((domain.lower / step).rounded(.up), (domain.upper / step).rounded(.down))
    guard last - first <= length, abs(first) < 1e15, abs(last) < 1e15 else { return linear() }
    let values = stride(from: first, through: last, by: 1).map { $0 * step }
    return TickSet(major: thinned(values.map { Tick($0, label(of: $0)) }))
  }
}
