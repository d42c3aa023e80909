import CommandLanguage
import Foundation
import Networks

extension ShowCommand {
  /// The form of a model and its layers.
  func showModel(in session: Session) throws -> Value {
    let model = try session.boundModel(named: name)
    guard let spec = model.slot.spec else { return .nothing }
    let settings = model.trainer.settings
    let length = model.data.bins.last ?? 4
    let layers = spec.switchLayers(levels: length.trailingZeroBitCount)
    session.print(
      """
      \(model.slot.name): \(grouped(spec.parameterCount)) parameters, \(layers) switch layers at \
      length \(length)
      """
    )
    session.print(
      """
      \(spec.maps) maps, \(spec.blocks) Beneš block\(spec.blocks == 1 ? "" : "s"), tying \
      \(spec.tying.rawValue), norm over \(spec.norm.rawValue), \(spec.inputSymbols) input and \
      \(spec.outputSymbols) output symbols
      """
    )
    session.print(
      """
      seed \(settings.seed), step \(model.trainer.step) of a schedule of \(settings.schedule.steps), \
      highest rate \(NumberFormat.short(settings.schedule.rate)), keep \
      \(NumberFormat.short(Double(settings.keep)))
      """
    )
    let rows = spec.layerRows(levels: length.trailingZeroBitCount)
    printTable(of: rows, in: session)
    return .record([
      "name": .text(model.slot.name), "parameters": .number(Double(spec.parameterCount)),
      "layers": .number(Double(layers)), "step": .number(Double(model.trainer.step)),
      "table": .list(rows.map(\.value)),
    ])
  }

  private func printTable(of rows: [ModelSpec.LayerRow], in session: Session) {
    let header = ["layers", "times", "widths", "parameters", "then"]
    let cells = rows.map { row in
      [
        row.path, String(row.count), row.widths.map(String.init).joined(separator: " → "),
        grouped(row.parameters), row.shuffle.map { "shuffle \($0)" } ?? "",
      ]
    }
    let table = [header] + cells
    let widths = header.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    for line in table {
      var text = ""
      for (column, cell) in line.enumerated() {
        let gap = String(repeating: " ", count: widths[column] - cell.count)
        // Numbers are set to the right.
        text += (column == 1 || column == 3 ? gap + cell : cell + gap) + "  "
      }
      while text.last == " " { text.removeLast() }
      session.print(text)
    }
  }

  /// All arrays of a model.
  func showParameters(in session: Session) throws -> Value {
    let model = try session.boundModel(named: name)
    let parameters = model.trainer.model.parameters
    let width = parameters.map(\.name.count).max() ?? 0
    for (name, parameter) in parameters {
      let padded = name.padding(toLength: width, withPad: " ", startingAt: 0)
      session.print("\(padded)  \(parameter.value.shape)")
    }
    return .number(Double(model.trainer.model.parameterCount))
  }

  /// All models.
  func showModels(in session: Session) -> Value {
    for slot in session.models {
      let mark = slot === session.currentModel ? "*" : " "
      let parameters = slot.spec.map { ", \(grouped($0.parameterCount)) parameters" } ?? ""
      session.print(
        """
        \(mark) \(slot.name): rse, \(slot.request.maps) maps\(parameters), step \
        \(slot.trainer?.step ?? 0)
        """
      )
    }
    return .texts(session.models.map(\.name))
  }
}

extension ModelSpec.LayerRow {
  /// The row as a record.
  fileprivate var value: Value {
    .record([
      "layers": .text(path), "times": .number(Double(count)), "widths": .integers(widths),
      "parameters": .number(Double(parameters)), "shuffle": shuffle.map { .text($0) } ?? .nothing,
    ])
  }
}
