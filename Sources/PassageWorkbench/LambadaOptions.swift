import CommandLanguage
import Figures
import Sessions
import Tasks

/// The options of `data` for passages of text.
enum LambadaOptions {
  private static let lengths = CommandArgument(
    "lengths",
    .list(of: .powerOfTwo(in: 4...SymbolData.largestLength)),
    "lengths of the batches, powers of two",
    unit: "words",
    default: [256]
  )
  static let path = CommandArgument("path", .directory, "the folder of the passages")
  static let vectors = CommandArgument(
    "vectors",
    .fileToRead(extensions: ["vec", "txt", "bin", "gz"]),
    "a file of word vectors, which stay as they are, in the form of word2vec, fastText or GloVe",
    otherwise: "none: the network learns a table"
  )
  private static let words = CommandArgument(
    "words",
    .integer(in: LambadaForm.sizes),
    "the size of the vocabulary; of vectors=, the first words that are taken beside those of the passages",
    default: LambadaForm.usualWords
  )
  static let vocabulary = CommandArgument(
    "vocabulary",
    .text,
    "a file of words, one a line; it is read if it is there, else written"
  )
  private static let cut = CommandArgument(
    "cut",
    .choice(PassageCut.self),
    "where training passages end: at their end, or at any word that was there before",
    default: .end
  )
  private static let drop = CommandArgument(
    "drop",
    .number(in: 0...0.9),
    "the share of words that training makes unknown",
    default: LambadaForm.usualDrop
  )

  static let groups = [
    ScopedOptions(
      "passages of text",
      under: [LambadaData.name],
      topic: "passages of text",
      options: [lengths, SymbolOptions.batch, path, vectors, words, vocabulary, cut, drop]
    )
  ]

  /// A request of `data lambada`.
  struct Request: DataRequest {
    var form: LambadaForm
    var vocabulary: String?
    /// True if the vocabulary is to be chosen again even if a model has one.
    var choosesWords: Bool
    var bins: [Int]
    var batchSize: Int

    func make(in session: Session) throws -> any SessionData {
      try LambadaData.make(self, in: session)
    }
  }

  /// Returns the request of the arguments.
  static func request(_ arguments: BoundArguments) throws(Diagnostic) -> Request {
    try arguments[lengths].checkDistinct(lengths)
    guard let path = arguments[path] else {
      throw arguments.error(
        "the place of the passages is missing",
        remedy: "for example `data lambada path=lambada`, a folder with train.txt and test.txt"
      )
    }
    var form = LambadaForm(path: path, vectors: arguments[vectors])
    form.words = arguments[words]
    form.cut = arguments[cut]
    form.drop = arguments[drop]
    guard arguments[vocabulary] == nil || form.vectors == nil else {
      throw arguments.error(
        on: vocabulary,
        "`vectors=` says which words there are",
        remedy: "leave out one of the two"
      )
    }
    return Request(
      form: form,
      vocabulary: arguments[vocabulary],
      choosesWords: arguments.has(vectors) || arguments.has(words) || arguments.has(vocabulary),
      bins: arguments[lengths],
      batchSize: arguments[SymbolOptions.batch]
    )
  }
}
