import CommandLanguage
import Figures
import Files
import Foundation
import Sessions
import Tasks
import Words
import Wording

extension LambadaData {
  /// Makes the data of a request; a model that was trained on passages keeps its vocabulary.
  ///
  /// - Throws: `Interrupted`, or a diagnostic about the option that names a file.
  static func make(_ request: LambadaOptions.Request, in session: Session) throws -> LambadaData {
    var form = request.form
    let set = try read(form, longest: request.bins.max() ?? 0, in: session)
    let vocabulary: Vocabulary
    if !request.choosesWords, let (model, known) = session.trainedData(as: LambadaData.self) {
      vocabulary = known.vocabulary
      form.vectors = known.form.vectors
      form.words = known.form.words
      session.emit("the words are those of the model `\(model)`")
    } else {
      vocabulary = try words(for: request, set, in: session)
    }
    let data = LambadaData(
      set,
      form: form,
      vocabulary: vocabulary,
      bins: request.bins,
      batchSize: request.batchSize
    )
    data.tellCounts(in: session)
    return data
  }

  static func read(
    _ form: LambadaForm,
    longest: Int,
    in session: Session
  ) throws -> LambadaSet {
    let start = ContinuousClock.now
    let path = session.readingPath(form.path)
    do {
      let set = try LambadaSet(path: path, name: form.path, longest: longest) { progress in
        try session.checkInterruption()
        session.emit(.reading(progress.file, share: progress.share, since: start))
      }
      session.noteReading(form.path, digest: set.digest)
      for remark in set.remarks { try session.remark(remark) }
      for file in set.undivided {
        session.emit("\(file): not divided into words; divided as it is read")
      }
      return set
    } catch let error as TextFileError {
      throw error.diagnostic(about: LambadaOptions.path)
    }
  }

  private static func words(
    for request: LambadaOptions.Request,
    _ set: LambadaSet,
    in session: Session
  ) throws -> Vocabulary {
    if let vectors = request.form.vectors {
      let start = ContinuousClock.now
      let cache = CacheFolder(of: "vectors")
      let file = VectorFile(path: session.readingPath(vectors), name: vectors)
      do {
        let vocabulary = try file.vocabulary(
          first: request.form.words,
          wanted: set.table,
          cache: cache
        ) { report in
          try session.checkInterruption()
          switch report {
          case .share(let share): session.emit(.reading(vectors, share: share, since: start))
          case .remark(let remark): try session.remark("\(vectors): \(remark)")
          }
        }
        cache.takeNotices().forEach { session.emit($0, .volatile) }
        return vocabulary
      } catch let error as TextFileError {
        throw error.diagnostic(about: LambadaOptions.vectors)
      }
    }
    guard let name = request.vocabulary else { return set.vocabulary(size: request.form.words) }
    return try Diagnostic.about(LambadaOptions.vocabulary) {
      try words(from: name, or: set.vocabulary(size: request.form.words), in: session)
    }
  }

  /// Reads the vocabulary from a file, or writes it there if the file does not exist.
  private static func words(
    from name: String,
    or vocabulary: @autoclosure () -> Vocabulary,
    in session: Session
  ) throws -> Vocabulary {
    if session.hasFile(name) {
      let bytes = try session.read(name)
      var remarks = LineRemarks()
      guard let vocabulary = Vocabulary(file: bytes, remarks: &remarks) else {
        throw Diagnostic(
          "there is no word in `\(name)`",
          remedy: "a vocabulary has a word a line, in UTF-8"
        )
      }
      try session.remark(remarks, on: name)
      return vocabulary
    }
    let vocabulary = vocabulary()
    try session.write([UInt8](vocabulary.file), to: name)
    session.emit("wrote \(name)", .volatile)
    return vocabulary
  }

  private func tellCounts(in session: Session) {
    guard let set else { return }
    let verbs: [LambadaSet.Role: String] = [
      .train: "to train", .validation: "to validate", .test: "to test",
    ]
    let all = LambadaSet.Role.allCases.map {
      "\(grouped(set.counts[$0]?.used ?? 0)) \(verbs[$0] ?? "")"
    }
    session.emit("passages: " + all.joined(separator: ", "))
    if set.textWords > 0 { session.emit("whole texts: \(counted(set.textWords, "word"))") }
    for role in LambadaSet.Role.allCases {
      guard let counts = set.counts[role] else { continue }
      let verb = verbs[role] ?? ""
      if counts.withoutAnswer > 0 {
        session.emit(
          "left out \(verb): \(grouped(counts.withoutAnswer)) whose answer is not in them"
        )
      }
      if counts.tooLong > 0 {
        let longest = grouped(bins.last ?? 0)
        let effect = role == .test ? ", which count as wrong" : ""
        session.emit(
          "left out \(verb): \(grouped(counts.tooLong)) of more than \(longest) words\(effect)"
        )
      }
      if counts.empty > 0 {
        session.emit(
          "left out \(verb): \(counted(counts.empty, "line")) of fewer than two words"
        )
      }
    }
    let kind =
      vocabulary.vectors.map { ", with vectors of \(counted($0.dimension, "value"))" } ?? ""
    session.emit("\(counted(vocabulary.words.count, "word is", "words are")) known\(kind)")
  }
}

extension TextFileError {
  /// Returns the error as a diagnostic.
  ///
  /// - Parameter argument: the argument that names the file.
  func diagnostic(about argument: any NamedArgument) -> Diagnostic {
    Diagnostic(message, about: argument, remedy: remedy)
  }
}

extension WorkProgress {
  /// Returns the progress of reading a file.
  static func reading(
    _ file: String,
    share: Double,
    since start: ContinuousClock.Instant
  ) -> WorkProgress {
    WorkProgress(
      activity: "read",
      done: Int(100 * share),
      total: 100,
      unit: "%",
      seconds: start.secondsAgo,
      detail: file
    )
  }
}
