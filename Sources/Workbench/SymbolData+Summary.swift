import CommandLanguage
import Tasks

extension TaskData {
  /// What `data` was told of the task: its name, and the alphabet if it is not the usual one.
  var choice: String {
    guard let free = (self as? SymbolData)?.task as? any FreeAlphabetTask,
      free.inputSymbols != type(of: free).usualSymbols
    else { return name }
    return "\(name) alphabet=\(inputSymbols)"
  }

  /// What `data` gives and `show data` tells.
  var summary: Record {
    switch self {
    case let data as SymbolData: data.summary
    case let data as MusicData: data.record
    case let data as LambadaData: data.record
    default: ["task": .text(name), "about": .text(about), "batch": .number(Double(batchSize))]
    }
  }
}

extension SymbolData {
  var summary: Record {
    var record: Record = [
      "task": .text(task.name), "about": .text(task.summary), "lengths": .integers(bins),
      "batch": .number(Double(batchSize)), "input_symbols": .number(Double(task.inputSymbols)),
      "output_symbols": .number(Double(task.outputSymbols)),
    ]
    if options.padding != .end { record["padding"] = .text(options.padding.rawValue) }
    if let count = options.count { record["count"] = .number(Double(count)) }
    if let task = task as? PairTask {
      record["file"] = .text(task.description.file)
      record["symbols"] = .text(task.description.unit.rawValue)
      record["examples"] = .number(Double(task.counts.training))
      record["held_out"] = .number(Double(task.counts.heldOut))
    }
    return record
  }
}
