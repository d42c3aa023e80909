import CommandLanguage
import Tasks
import Tensors
import Training
import Wording

extension Session {
  /// A model that is ready for use, with its data.
  package struct BoundModel {
    package let slot: ModelSlot
    package let trainer: Trainer
    package let data: any SessionData

    /// Rejects a pass over examples of the longest length of the data if it does not fit the memory.
    ///
    /// - Parameter positions: the number of positions in one pass, which has at least one example.
    package func checkMemoryOfPass(
      positions: Int = Evaluation.positionsPerPass
    ) throws(Diagnostic) {
      guard let longest = data.bins.max() else { return }
      try MemoryEstimate.forward(trainer.model, length: Double(longest), positions: positions)
        .check()
    }
  }

  /// Returns the named model, or the current one.
  package func model(named name: String?) throws(Diagnostic) -> ModelSlot {
    guard let name else {
      guard let currentModel else { throw BindingError.noModel.diagnostic }
      return currentModel
    }
    guard let slot = models.first(where: { $0.name == name }) else {
      throw BindingError.noSuchModel(name, known: models.map(\.name)).diagnostic
    }
    return slot
  }

  /// Returns the named models in that order, each only once.
  package func models(named names: [String]) throws(Diagnostic) -> [ModelSlot] {
    var slots: [ModelSlot] = []
    for name in names {
      let slot = try model(named: name)
      guard !slots.contains(where: { $0 === slot }) else {
        throw Diagnostic("`\(name)` is named twice", remedy: "name each model once")
      }
      slots.append(slot)
    }
    return slots
  }

  /// Returns a model bound to the session's data.
  ///
  /// - Parameter estimate: the model's work; if it does not fit the memory it is rejected before the model is made.
  package func boundModel(
    named name: String? = nil,
    for estimate: MemoryEstimate.Work? = nil
  ) throws(Diagnostic) -> BoundModel {
    let slot = try model(named: name)
    guard let data else { throw BindingError.noData.diagnostic }
    return BoundModel(slot: slot, trainer: try slot.bind(to: data, for: estimate), data: data)
  }

  /// Adds a model, or replaces the one with its name, and makes it the current one.
  package func add(_ slot: ModelSlot) {
    if let index = models.firstIndex(where: { $0.name == slot.name }) {
      if let steps = models[index].trainer?.step, steps > 0 {
        emit("replaces the model `\(slot.name)`, which was trained for \(counted(steps, "step"))")
      }
      models[index] = slot
    } else {
      models.append(slot)
    }
    currentModel = slot
  }
}

extension SymbolData {
  /// Makes data, with the diagnostics of commands.
  package static func make(
    task: any SymbolTask,
    bins: [Int],
    batchSize: Int,
    options: DataOptions = DataOptions()
  ) throws(Diagnostic) -> SymbolData {
    do {
      return try SymbolData(task: task, bins: bins, batchSize: batchSize, options: options)
    } catch {
      switch error {
      case .emptyBin(let name, let bin):
        let lengths = (task as? any GeneratedTask).map { task in
          (1...64).compactMap(task.inputLength)
        }
        if let shortest = lengths?.first, shortest > bin {
          throw Diagnostic(
            "length \(bin) is too short for `\(name)`",
            remedy: "its inputs have at least \(shortest) symbols: leave \(bin) out of lengths="
          )
        }
        throw Diagnostic(
          "`\(name)` has no input for length \(bin) that the shorter lengths do not hold",
          remedy: "leave \(bin) out of lengths=, or choose larger ones"
        )
      case .alphabetTooSmall(let name, let bin, let symbols):
        throw Diagnostic(
          "`\(name)` has too few symbols for length \(bin): \(grouped(task.inputSymbols))",
          remedy: symbols <= TaskCatalog.largestAlphabet
            ? "alphabet=\(symbols) is enough; or choose shorter lengths="
            : "choose shorter lengths="
        )
      case .tooManyStored(let count, let bin):
        throw Diagnostic(
          "so many examples of each length up to \(grouped(bin)) are too many to keep apart",
          remedy: count > 0
            ? "count=\(count) is possible; or choose shorter lengths="
            : "choose shorter lengths=, or leave out count= for endless data"
        )
      }
    }
  }
}
