import Autograd
import Wording

/// A setting that determines a model's form, under its name in commands and files.
package enum ModelSetting: String, CaseIterable, Sendable {
  case maps, blocks, tying, norm, layers, heads, positions, direction, halting, convolutions

  /// The range of whole numbers that sensible models use; nil for a choice of words.
  package var range: ClosedRange<Int>? {
    switch self {
    case .maps: 1...4096
    case .blocks: 1...8
    case .layers: 1...64
    case .heads: 1...64
    case .convolutions: 0...AudioFrontEnd.largest
    case .tying, .norm, .positions, .direction, .halting: nil
    }
  }
}

extension ModelSpec {
  /// A setting as text, which `set` reads back.
  package subscript(setting: ModelSetting) -> String {
    switch setting {
    case .maps: String(maps)
    case .blocks: String(blocks)
    case .tying: tying.rawValue
    case .norm: norm.rawValue
    case .layers: String(layers)
    case .heads: String(heads)
    case .positions: positions.rawValue
    case .direction: direction.rawValue
    case .halting: halting ? "on" : "off"
    case .convolutions: String(convolutions)
    }
  }

  /// Changes a setting; returns false if the text is not one of its values.
  package mutating func set(_ setting: ModelSetting, to text: String) -> Bool {
    switch setting {
    case .maps: Self.read(text, in: setting, into: &maps)
    case .blocks: Self.read(text, in: setting, into: &blocks)
    case .tying: Self.read(text, into: &tying)
    case .norm: Self.read(text, into: &norm)
    case .layers: Self.read(text, in: setting, into: &layers)
    case .heads: Self.read(text, in: setting, into: &heads)
    case .positions: Self.read(text, into: &positions)
    case .direction: Self.read(text, into: &direction)
    case .halting: Self.read(text, into: &halting)
    case .convolutions: Self.read(text, in: setting, into: &convolutions)
    }
  }

  private static func read(
    _ text: String,
    in setting: ModelSetting,
    into value: inout Int
  ) -> Bool {
    guard let number = Int(text), setting.range?.contains(number) == true else { return false }
    value = number
    return true
  }

  private static func read<T: RawRepresentable<String>>(_ text: String, into value: inout T) -> Bool
  {
    guard let choice = T(rawValue: text) else { return false }
    value = choice
    return true
  }

  private static func read(_ text: String, into value: inout Bool) -> Bool {
    guard let isOn = ["on": true, "off": false][text] else { return false }
    value = isOn
    return true
  }

  /// The settings that determine its form; halting is only included if it is on, since there are models made before it
  /// existed.
  package var settings: [ModelSetting] {
    network.settings.filter {
      ($0 != .convolutions || input == .audio) && ($0 != .halting || halting)
    }
  }

  /// The form in words, such as `96 maps, 2 Beneš blocks, tying shared`.
  package var formText: String {
    settings.map { setting in
      switch setting {
      case .maps: "\(maps) maps"
      case .blocks: "\(counted(blocks, "Beneš block"))"
      case .tying: "tying \(tying.rawValue)"
      case .norm: "norm over \(norm.rawValue)"
      case .layers: "\(counted(layers, "layer"))"
      case .heads: "\(counted(heads, "head"))"
      case .positions: "positions \(positions.rawValue)"
      case .direction: "direction \(direction.rawValue)"
      case .halting: "adaptive halting"
      case .convolutions: "\(counted(convolutions, "convolution")) before it"
      }
    }.joined(separator: ", ")
  }
}
