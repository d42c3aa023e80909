import CommandLanguage
import Files

extension Session {
  /// Tells in what a file deviates that is read all the same; with `set strict=on` it is refused.
  ///
  /// - Parameter remark: with the name of the file.
  package func remark(_ remark: String) throws(Diagnostic) {
    guard !isStrict else {
      throw Diagnostic(
        remark,
        remedy: "mend the file, or read it all the same with `set strict=off`"
      )
    }
    emit(remark)
  }

  /// Tells in what the lines of a file deviate.
  ///
  /// - Parameter file: as the user named it.
  package func remark(_ remarks: LineRemarks, on file: String) throws(Diagnostic) {
    for text in remarks.texts { try remark("\(file): \(text)") }
  }
}
