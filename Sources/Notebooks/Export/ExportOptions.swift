/// The options of an export.
package struct ExportOptions: Sendable {
  /// The folder to which picture names are relative; nil for the notebook's own.
  package var folder: String?
  /// Returns the parts of some code to be coloured in HTML; nil leaves all code plain.
  ///
  /// Parts outside the code, and parts that overlap an earlier one, are skipped.
  package var colors: (@Sendable (_ code: String) -> [CodeColor])?
  /// The language of the statements, named in Markdown's code fences and for Jupyter.
  package var language = "rse"

  package init() {}

  /// Returns the folder of a notebook's pictures.
  func folder(of file: String) -> String {
    folder ?? file.folderName
  }
}

/// A part of some code and its kind.
package struct CodeColor: Sendable, Equatable {
  /// The kinds of code that colours distinguish.
  package enum Kind: String, Sendable, CaseIterable {
    case comment
    case keyword
    case command
    case option
    case variable
    case number
    case string
  }

  /// Its byte range in the code's UTF-8 form.
  package let range: Range<Int>
  /// Its kind.
  package let kind: Kind

  package init(_ range: Range<Int>, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}
