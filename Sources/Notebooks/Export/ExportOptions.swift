/// How a notebook is exported.
package struct ExportOptions: Sendable {
  /// The folder that names of pictures start from; nil for the notebook's own.
  package var folder: String?
  /// Gives the parts of a piece of code that are to be coloured in HTML; nil leaves all code plain.
  ///
  /// Parts outside of the code and parts that overlap an earlier one are passed over.
  package var colors: (@Sendable (_ code: String) -> [CodeColor])?
  /// The name of the language of the statements, for fences in Markdown and for Jupyter.
  package var language = "rse"

  package init() {}

  /// The folder of a notebook's pictures.
  func folder(of file: String) -> String {
    folder ?? file.folderName
  }
}

/// A part of a piece of code and what it is.
package struct CodeColor: Sendable, Equatable {
  /// What parts of code can be told apart.
  package enum Kind: String, Sendable, CaseIterable {
    case comment
    case keyword
    case command
    case option
    case variable
    case number
    case string
  }

  /// Its place in the UTF-8 form of the code.
  package let range: Range<Int>
  /// What it is.
  package let kind: Kind

  package init(_ range: Range<Int>, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}
