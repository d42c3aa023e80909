import CommandLanguage
import Foundation
import Networks
import Tasks
import Training
import Wiring
import Wording

extension ShowCommand {
  /// Shows a model's spec and its layers.
  func showModel(in session: Session) throws -> Value {
    let (slot, spec, data) = try form(in: session)
    let settings = slot.request.settings
    let step = slot.trainer?.step ?? 0
    let length = data.bins.last ?? 4
    let outline = spec.outline
    let (layers, kind) = outline.depth(levels: length.trailingZeroBitCount)
    session.emit(
      """
      \(slot.name): \(grouped(outline.parameterCount)) parameters, \(layers) \(kind) at \
      length \(length)
      """
    )
    session.emit(
      """
      \(spec.formText), \(BindingError.alphabets(spec))
      """
    )
    session.emit(
      """
      seed \(settings.seed), step \(step) of a schedule of \(settings.schedule.steps), \
      highest rate \(NumberFormat.short(settings.schedule.rate)), keep \
      \(NumberFormat.short(Double(settings.keep)))
      """
    )
    let rows = outline.layerRows(levels: length.trailingZeroBitCount)
    printTable(of: rows, in: session)
    return .record([
      "name": .text(slot.name), "parameters": .number(Double(outline.parameterCount)),
      "layers": .number(Double(layers)), "step": .number(Double(step)),
      "table": .table(Table(rows: rows.map(\.record))),
    ])
  }

  private func printTable(of rows: [LayerRow], in session: Session) {
    let header = ["layers", "times", "widths", "parameters", "then"]
    let cells = rows.map { row in
      [
        row.path, String(row.count), row.widths.map(String.init).joined(separator: " → "),
        grouped(row.parameters), row.shuffle == .none ? "" : "shuffle \(row.shuffle.rawValue)",
      ]
    }
    let table = TextTable(rows: [header] + cells, numbers: [1, 3])
    session.emit(table, width: .max)
  }

  /// Shows all arrays of a model.
  func showParameters(in session: Session) throws -> Value {
    let (_, spec, _) = try form(in: session)
    let shapes = spec.parameterShapes
    let width = shapes.map(\.name.count).max() ?? 0
    for (name, shape) in shapes {
      session.emit("\(name.padding(toLength: width, withPad: " ", startingAt: 0))  \(shape)")
    }
    return .number(Double(spec.parameterCount))
  }

  /// Returns a model with its spec; the weights need not exist yet.
  private func form(
    in session: Session
  ) throws(Diagnostic) -> (slot: ModelSlot, spec: ModelSpec, data: any SessionData) {
    let slot = try session.model(named: name)
    guard let data = session.data else { throw BindingError.noData.diagnostic }
    // A trained model may not fit the data.
    if slot.trainer != nil { _ = try slot.bind(to: data) }
    if let spec = slot.spec { return (slot, spec, data) }
    return (slot, try slot.request.spec(for: data), data)
  }

  /// Shows all models.
  func showModels(in session: Session) -> Value {
    if session.models.isEmpty { session.emit("no models yet", .volatile) }
    for slot in session.models {
      let mark = slot === session.currentModel ? "*" : " "
      let parameters = slot.spec.map { ", \(grouped($0.parameterCount)) parameters" } ?? ""
      session.emit(
        """
        \(mark) \(slot.name): \(slot.request.form.network.rawValue), \
        \(slot.request.form.maps) maps\(parameters), step \
        \(slot.trainer?.step ?? 0)
        """
      )
    }
    return .table(
      Table(
        rows: session.models.map { slot in
          [
            "name": .text(slot.name), "network": .text(slot.request.form.network.rawValue),
            "maps": .number(Double(slot.request.form.maps)),
            "parameters": slot.spec.map { .number(Double($0.parameterCount)) } ?? .nothing,
            "step": .number(Double(slot.trainer?.step ?? 0)),
            "seed": .number(Double(slot.request.settings.seed)),
          ]
        }
      )
    )
  }
}

extension ShowCommand {
  /// Returns lengths as `data … lengths=` takes them, as a series if that is shorter.
  private static func text(lengths: [Int]) -> String {
    let list = lengths.map(String.init).joined(separator: ",")
    guard let first = lengths.first, let last = lengths.last,
      zip(lengths, lengths.dropFirst()).allSatisfy({ $1 == 2 * $0 })
    else { return list }
    let series = "\(first)..\(last) by *2"
    return series.count < list.count ? series : list
  }

  /// Shows the pre-trained models that are bundled.
  func showShipped(in session: Session) throws -> Value {
    let models = ShippedModel.all
    if models.isEmpty {
      session.emit("there are no shipped models: \(ShippedFiles.absence)", .volatile)
    }
    var rows = [
      ["name", "task", "network", "maps", "parameters", "lengths", "steps", "size"]
    ]
    var records: [Record] = []
    for model in models {
      let bytes = try model.bytes()
      do {
        let checkpoint = try Checkpoint(parsing: bytes)
        rows.append([
          model.name, checkpoint.data.task, checkpoint.spec.network.rawValue,
          String(checkpoint.spec.maps), grouped(checkpoint.spec.parameterCount),
          Self.text(lengths: checkpoint.data.bins), grouped(checkpoint.step),
          ByteCount.text(Double(bytes.count)),
        ])
        records.append([
          "name": .text(model.name), "task": .text(checkpoint.data.task),
          "network": .text(checkpoint.spec.network.rawValue),
          "maps": .number(Double(checkpoint.spec.maps)),
          "parameters": .number(Double(checkpoint.spec.parameterCount)),
          "lengths": .text(Self.text(lengths: checkpoint.data.bins)),
          "step": .number(Double(checkpoint.step)), "bytes": .number(Double(bytes.count)),
        ])
      } catch {
        session.emit("`\(model.name)` cannot be loaded: \(error.localizedDescription)", .volatile)
      }
    }
    if rows.count > 1 {
      let table = TextTable(rows: rows, numbers: [3, 4, 6, 7])
      session.emit(table)
    }
    return .table(Table(rows: records))
  }
}

extension LayerRow {
  /// The row as a record.
  fileprivate var record: Record {
    [
      "layers": .text(path), "times": .number(Double(count)), "widths": .integers(widths),
      "parameters": .number(Double(parameters)),
      "shuffle": shuffle == .none ? .nothing : .text(shuffle.rawValue),
    ]
  }
}
