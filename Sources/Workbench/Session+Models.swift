import CommandLanguage
import Tasks
import Tensors
import Training

extension Session {
  /// A model that is ready, with its data.
  struct BoundModel {
    let slot: ModelSlot
    let trainer: Trainer
    let data: SymbolData
  }

  /// The named model, or the current one.
  func model(named name: String?) throws(Diagnostic) -> ModelSlot {
    guard let name else {
      guard let currentModel else { throw BindingError.noModel.diagnostic }
      return currentModel
    }
    guard let slot = models.first(where: { $0.name == name }) else {
      throw BindingError.noSuchModel(name, known: models.map(\.name)).diagnostic
    }
    return slot
  }

  /// A model bound to the session's data.
  func boundModel(named name: String? = nil) throws(Diagnostic) -> BoundModel {
    let slot = try model(named: name)
    guard let data else { throw BindingError.noData.diagnostic }
    return BoundModel(slot: slot, trainer: try slot.bind(to: data), data: data)
  }

  /// Adds a model, or replaces the one of its name, and makes it the current one.
  func add(_ slot: ModelSlot) {
    if let index = models.firstIndex(where: { $0.name == slot.name }) {
      if let steps = models[index].trainer?.step, steps > 0 {
        print("replaces the model `\(slot.name)`, which was trained for \(steps) steps")
      }
      models[index] = slot
    } else {
      models.append(slot)
    }
    currentModel = slot
  }
}

extension SymbolData {
  /// Data as commands describe them.
  static func make(
    task: any SymbolTask,
    bins: [Int],
    batchSize: Int
  ) throws(Diagnostic) -> SymbolData {
    do {
      return try SymbolData(task: task, bins: bins, batchSize: batchSize)
    } catch {
      switch error {
      case .emptyBin(let task, let bin):
        throw Diagnostic(
          "`\(task)` has no input for length \(bin) that the shorter lengths do not hold",
          remedy: "leave \(bin) out of lengths=, or choose larger ones"
        )
      }
    }
  }
}
