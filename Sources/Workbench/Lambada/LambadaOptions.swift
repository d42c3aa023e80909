import CommandLanguage
import Tasks

/// The part of `data` that is about passages of text.
enum LambadaOptions {
  /// Options that no other task has; `path=` is shared with music.
  static let parameters: [Signature.Parameter] = [
    .optional(
      "vectors",
      .fileToRead(extensions: ["vec", "txt", "gz"]),
      "lambada: a file of word vectors, which stay as they are, in the form of word2vec or fastText",
      default: "none: the network learns a table"
    ),
    .optional(
      "words",
      .integer(
        .from(
          Double(LambadaForm.sizes.lowerBound),
          through: Double(LambadaForm.sizes.upperBound)
        )
      ),
      "lambada: the size of the vocabulary; of vectors=, the first words that are taken beside those of the passages",
      default: "20000"
    ),
    .optional(
      "vocabulary",
      .text,
      "lambada: a file of words, one a line; it is read if it is there, else written"
    ),
    .optional(
      "cut",
      .choice(PassageCut.allCases.map(\.rawValue)),
      "lambada: where training passages end: at their end, or at any word that was there before",
      default: "end"
    ),
    .optional(
      "drop",
      .number(.from(0, through: 0.9)),
      "lambada: the share of words that training makes unknown",
      default: "0.05"
    ),
  ]

  /// The length of batches where none is given.
  private static let usualLengths = [256]

  /// What `data lambada` was told.
  struct Request {
    var form: LambadaForm
    var vocabulary: String?
    /// Whether the words are to be chosen anew, where a model knows some.
    var choosesWords: Bool
    var bins: [Int]
    var batchSize: Int
  }

  /// Refuses options of passages for something else.
  static func refuse(_ arguments: BoundArguments, for thing: String) throws(Diagnostic) {
    for parameter in parameters where arguments.has(parameter.name) {
      throw arguments.error(
        on: parameter.name,
        "`\(parameter.name)=` is about passages of text, not about \(thing)",
        remedy: "leave it out, or use `data lambada`"
      )
    }
  }

  /// What the arguments ask for.
  static func request(
    _ arguments: BoundArguments,
    bins: [Int]?,
    batchSize: Int
  ) throws(Diagnostic) -> Request {
    let others = MusicOptions.parameters.map(\.name).filter { $0 != "path" }
    for option in ["alphabet", "padding", "count"] + others where arguments.has(option) {
      throw arguments.error(
        on: option,
        "`\(option)=` is not about passages of text",
        remedy: "leave it out"
      )
    }
    guard let path = arguments.optionalText("path") else {
      throw arguments.error(
        "the place of the passages is missing",
        remedy: "for example `data lambada path=lambada`, a folder with train.txt and test.txt"
      )
    }
    var form = LambadaForm(path: path, vectors: arguments.optionalText("vectors"))
    form.words = arguments.optionalInteger("words") ?? form.words
    form.cut = arguments.optionalText("cut").flatMap(PassageCut.init) ?? form.cut
    form.drop = arguments.optionalNumber("drop") ?? form.drop
    let vocabulary = arguments.optionalText("vocabulary")
    guard vocabulary == nil || form.vectors == nil else {
      throw arguments.error(
        on: "vocabulary",
        "`vectors=` says which words there are",
        remedy: "leave out one of the two"
      )
    }
    return Request(
      form: form,
      vocabulary: vocabulary,
      choosesWords: ["vectors", "words", "vocabulary"].contains(where: arguments.has),
      bins: bins ?? usualLengths,
      batchSize: batchSize
    )
  }
}
