import CommandLanguage
import Networks
import Plotting
import Sessions
import Training

/// The grouping of models in figures.
package enum ModelGrouping: String, CaseIterable {
  case none
  /// Models that differ only in their seeds.
  case seed
}

/// Models that only differ in their seeds, drawn as one.
package struct SeedGroup {
  /// The name in the legend.
  package let name: String
  /// The models, in the order in which they are named; at least one.
  package let slots: [ModelSlot]

  /// The properties that the models of one group share.
  private struct Key: Hashable {
    let spec: ModelSpec?
    let settings: TrainingSettings
    let task: String?
    let lengths: [Int]

    init(_ slot: ModelSlot) {
      spec = slot.spec
      var settings = slot.trainer?.settings ?? slot.request.settings
      settings.seed = 0
      self.settings = settings
      task = slot.data?.about
      lengths = slot.data?.bins ?? []
    }
  }

  /// Returns groups of one model each.
  package static func single(_ slots: [ModelSlot]) -> [SeedGroup] {
    slots.map { SeedGroup(name: $0.name, slots: [$0]) }
  }

  /// Returns the groups of some models, in the order of their first ones: those of one form, trained in the same way on
  /// the same task and lengths.
  ///
  /// - Throws: a diagnostic if every group would have one model.
  package static func groups(of slots: [ModelSlot]) throws(Diagnostic) -> [SeedGroup] {
    var keys: [Key] = []
    var parts: [[ModelSlot]] = []
    for slot in slots {
      let key = Key(slot)
      if let place = keys.firstIndex(of: key) {
        parts[place].append(slot)
      } else {
        keys.append(key)
        parts.append([slot])
      }
    }
    guard parts.count < slots.count else {
      throw Diagnostic(
        "no two of these models differ in their seeds alone",
        about: PlotOptions.group,
        remedy: "name models that were made alike, as in `of=rse-1,rse-2`, or leave out group="
      )
    }
    let names = parts.map { $0.count == 1 ? $0[0].name : name(of: $0.map(\.name)) }
    return zip(parts, names).map { slots, name in
      guard slots.count > 1 else { return SeedGroup(name: slots[0].name, slots: slots) }
      let isClear = names.count { $0 == name } == 1
      let shown = isClear ? name : slots.map(\.name).joined(separator: ", ")
      return SeedGroup(name: "\(shown) (\(slots.count) seeds)", slots: slots)
    }
  }

  /// Returns the common prefix of names, without a partial number: `rse` for `rse-1` and `rse-12`.
  private static func name(of names: [String]) -> String {
    let first = names[0]
    let common = names.dropFirst().reduce(first) { common, name in
      String(zip(common, name).prefix { $0 == $1 }.map(\.0))
    }
    var trimmed = common[...]
    while let last = trimmed.last, last.isNumber || "-_.".contains(last) { trimmed.removeLast() }
    return trimmed.isEmpty ? first : String(trimmed)
  }

  /// Returns the mean of values at some places with a band of their standard deviation.
  ///
  /// - Parameters:
  ///   - samples: at each place, the values of the models that have one there.
  ///   - form: the drawing style of the means.
  func series(
    x: [Double],
    samples: [[Double]],
    index: Int,
    form: Series.Form,
    width: Double = 1.6
  ) -> Series {
    let points = ValuePoints(x: x, samples: samples, error: .std)
    return Series(
      name,
      x: points.x,
      y: points.y,
      form: form,
      color: .palette(index),
      width: width,
      marker: Marker.allCases[index % Marker.allCases.count],
      spread: points.spread(form == .markers ? .whiskers : .band)
    )
  }

  /// The text in a subtitle about means over seeds.
  static let caption = "mean ± standard deviation over seeds"
}

extension PlotOptions {
  /// The models that are averaged.
  static let group = CommandArgument(
    "group",
    .choice(ModelGrouping.self),
    "with `seed`, models that differ in their seeds alone are one curve: their mean in a band of the standard deviation",
    default: .none
  )
}

extension PlotRequest {
  /// Returns the models of the figure, grouped as the call requests.
  func groups() throws(Diagnostic) -> [SeedGroup] {
    arguments[PlotOptions.group] == .seed
      ? try SeedGroup.groups(of: slots) : SeedGroup.single(slots)
  }
}
