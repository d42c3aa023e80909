import Tasks

extension Checkpoint.DataDescription {
  /// What a model is trained on.
  package init(_ data: any TaskData) {
    let symbols = data as? SymbolData
    self.init(
      task: data.name,
      bins: data.bins,
      batchSize: data.batchSize,
      pairs: (symbols?.task as? PairTask)?.description
    )
    music = (data as? MusicData)?.form
    lambada = (data as? LambadaData)?.form
    guard let symbols else { return }
    if let task = symbols.task as? any FreeAlphabetTask,
      task.inputSymbols != type(of: task).usualSymbols
    {
      alphabet = task.inputSymbols
    }
    options = symbols.options
  }

  /// The options that are not the usual ones, as metadata of a file.
  var optionMetadata: [String: String] {
    var metadata: [String: String] = [:]
    if let alphabet { metadata["alphabet"] = String(alphabet) }
    if options.padding != .end { metadata["padding"] = options.padding.rawValue }
    if let count = options.count { metadata["count"] = String(count) }
    return metadata
  }

  /// Takes the options from the metadata of a file; those that it lacks are the usual ones.
  ///
  /// - Throws: `CheckpointError.badMetadata` for values that are not valid.
  mutating func readOptions(_ metadata: [String: String]) throws(CheckpointError) {
    func value<Value>(_ key: String, _ parse: (String) -> Value?) throws(CheckpointError) -> Value?
    {
      guard let text = metadata[key] else { return nil }
      guard let value = parse(text) else { throw .badMetadata(key: key, value: text) }
      return value
    }
    alphabet = try value("alphabet") {
      Int($0).flatMap { (2...TaskCatalog.largestAlphabet).contains($0) ? $0 : nil }
    }
    options = DataOptions(
      padding: try value("padding") { Padding(rawValue: $0) } ?? .end,
      count: try value("count") {
        Int($0).flatMap { (1...DataOptions.largestCount).contains($0) ? $0 : nil }
      }
    )
  }
}
