import Autograd
import CommandLanguage
import Networks
import Tasks
import Tensors
import Training

/// A model under a name. Its spec is known at once except for the alphabets, which come from the data at the first use.
package final class ModelSlot {
  /// A request of `model`.
  package struct Request {
    /// The spec, whose alphabets the task determines.
    package var form: ModelSpec
    package var settings: TrainingSettings
    /// True if the label smoothing follows the data instead of the user's choice.
    var smoothsAsData = false

    /// Returns the settings of a training on these data.
    package func settings(for data: any SessionData) -> TrainingSettings {
      var settings = settings
      if smoothsAsData, let smoothing = data.head.smoothing { settings.smoothing = smoothing }
      return settings
    }

    /// Returns the spec of a model for these data.
    ///
    /// - Throws: a diagnostic if there is none.
    package func spec(for data: any SessionData) throws(Diagnostic) -> ModelSpec {
      var spec = form
      spec.input = data.input
      spec.window = form.network.hearsWindows ? data.window : nil
      spec.inputSymbols = data.inputSymbols
      spec.outputSymbols = data.outputSymbols
      spec.isCalibrated = data.head.isCalibrated
      if let flaw = spec.flaw ?? spec.dataFlaw {
        throw Diagnostic(flaw.message, remedy: flaw.remedy)
      }
      return spec
    }
  }

  package let name: String
  package var request: Request
  package private(set) var spec: ModelSpec?
  package private(set) var trainer: Trainer?
  /// The data it was last trained on or, while it is untrained, last bound to.
  package var data: (any SessionData)?
  /// The results of its last tests; see `tests`.
  package var lastTests: TestedLengths?
  /// Its last trace; see `traced`.
  package var lastTrace: TracedQuestion?

  package init(name: String, request: Request) {
    self.name = name
    self.request = request
  }

  /// Creates the slot of a loaded model.
  package init(name: String, checkpoint: Checkpoint, data: any SessionData) {
    self.data = data
    self.name = name
    request = Request(form: checkpoint.spec, settings: checkpoint.settings)
    spec = checkpoint.spec
    trainer = checkpoint.makeTrainer(head: data.head)
  }

  /// Returns the trainer for these data.
  ///
  /// - Parameter estimate: the work for a model that does not exist yet, checked so that it is not made in vain.
  /// - Throws: a diagnostic if the model was trained on other alphabets, or does not fit the memory.
  package func bind(
    to data: any SessionData,
    for estimate: MemoryEstimate.Work? = nil
  ) throws(Diagnostic) -> Trainer {
    if let trainer {
      let mismatch = alphabetMismatch(with: data)
      if mismatch == nil || trainer.step > 0 {
        if let mismatch { throw mismatch }
        if trainer.step == 0 { self.data = data }
        return trainer
      }
    }
    let spec = try request.spec(for: data)
    try MemoryEstimate.model(spec).check()
    try estimate?(spec.outline, data)?.check()
    let trainer = Trainer(
      model: spec.makeModel(seed: request.settings.seed),
      head: data.head,
      settings: request.settings(for: data)
    )
    self.spec = spec
    self.trainer = trainer
    self.data = data
    lastTests = nil
    lastTrace = nil
    return trainer
  }
}

extension ModelSlot {
  /// Returns the reason why a trained model cannot continue with the data; nil if it can, or is untrained.
  package func mismatch(with data: any SessionData) -> Diagnostic? {
    trainer?.step ?? 0 > 0 ? alphabetMismatch(with: data) : nil
  }

  /// Returns a diagnostic if the model's alphabets or its head are not those of the data; nil if they are.
  private func alphabetMismatch(with data: any SessionData) -> Diagnostic? {
    guard let spec, let trainer else { return nil }
    let isAlike =
      spec.inputSymbols == data.inputSymbols && spec.outputSymbols == data.outputSymbols
      && spec.input == data.input && (spec.window == nil || spec.window == data.window)
      && spec.isCalibrated == data.head.isCalibrated
      && type(of: trainer.head) == type(of: data.head)
      && (self.data?.alphabetIdentity ?? data.alphabetIdentity) == data.alphabetIdentity
    return isAlike
      ? nil
      : BindingError.otherAlphabets(model: name, spec: spec, before: self.data, wanted: data)
        .diagnostic
  }

  /// Begins a new training with new values of some parameters.
  ///
  /// - Parameter values: tensors of the parameters' shapes.
  package func begin(with values: [String: Tensor]) {
    guard let spec, let trainer else { return }
    let model = spec.outline
    for ((name, parameter), (_, old)) in zip(model.parameters, trainer.model.parameters) {
      parameter.value = values[name] ?? old.value
    }
    self.trainer = Trainer(model: model, head: trainer.head, settings: trainer.settings)
    lastTests = nil
  }

  /// Returns the state of its training for a file; nil while it has no spec.
  package func checkpoint(_ trainer: Trainer, data: any SessionData) -> Checkpoint? {
    spec.map { spec in
      Checkpoint(
        trainer,
        named: name,
        spec: spec,
        data: data.description
      )
    }
  }

  /// Changes the settings of the model's training from now on.
  func changeSettings(_ change: (inout TrainingSettings) -> Void) {
    change(&request.settings)
    if let trainer { change(&trainer.settings) }
  }
}

/// The reason why a model cannot be used with the data.
package enum BindingError: Error {
  case noModel
  case noSuchModel(String, known: [String])
  case noData
  case otherAlphabets(
    model: String,
    spec: ModelSpec,
    before: (any SessionData)?,
    wanted: any SessionData
  )
  case notUsedYet(String)

  /// Describes a model's alphabets.
  package static func alphabets(_ spec: ModelSpec) -> String {
    spec.window.map { windows($0, spec.outputSymbols) }
      ?? alphabets(spec.input, spec.inputSymbols, spec.outputSymbols)
  }

  private static func windows(_ samples: Int, _ output: Int) -> String {
    "windows of \(samples) samples and \(output) notes"
  }

  package static func alphabets(_ kind: InputKind, _ input: Int, _ output: Int) -> String {
    switch kind {
    case .symbols: "\(input) input and \(output) output symbols"
    case .audio: "audio and \(output) notes"
    case .words: "vectors of \(input) values and \(output) labels"
    case .spectrogram: "spectrograms of \(input) values a place and \(output) notes"
    case .harmonics: "the harmonics of the keys of a piano and \(output) values of notes"
    }
  }

  package var diagnostic: Diagnostic {
    switch self {
    case .noModel:
      Diagnostic(
        "there is no model yet",
        remedy: "build one with `model rse maps=96 blocks=2`"
      )
    case .noSuchModel(let name, let known):
      Diagnostic(
        "there is no model named `\(name)`",
        remedy: known.isEmpty
          ? "build one with `model rse as=\(name)`"
          : "there are: \(known.joined(separator: ", "))"
      )
    case .noData:
      Diagnostic(
        "there are no data yet",
        remedy: "choose a task with `data badd lengths=8,16,32,64`"
      )
    case .otherAlphabets(let model, let spec, let before, let wanted):
      Self.otherAlphabets(model: model, spec: spec, before: before, wanted: wanted)
    case .notUsedYet(let name):
      Diagnostic(
        "the model `\(name)` has not met any data yet",
        remedy: "its alphabets come from the task: choose one with `data badd`"
      )
    }
  }

  private static func otherAlphabets(
    model: String,
    spec: ModelSpec,
    before: (any SessionData)?,
    wanted: any SessionData
  ) -> Diagnostic {
    if let before, let mismatch = wanted.alphabetMismatch(of: model, trainedOn: before) {
      return mismatch
    }
    let was = before.map { "`\($0.name)`, " } ?? ""
    let other =
      spec.window == nil ? nil : wanted.window.map { windows($0, wanted.outputSymbols) }
    let back = before?.choice.map { "go back with `data \($0)`, or " } ?? ""
    return Diagnostic(
      """
      the model `\(model)` is trained on \(was)\(alphabets(spec)); `\(wanted.name)` has \
      \(other ?? alphabets(wanted.input, wanted.inputSymbols, wanted.outputSymbols))
      """,
      remedy: "\(back)build a new model with `model rse`"
    )
  }
}
