import CommandLanguage
import Files

extension Session {
  /// Remarks on a deviation of a file that is read all the same; with `set strict=on` the file is rejected.
  ///
  /// - Parameter remark: the text, including the file's name.
  package func remark(_ remark: String) throws(Diagnostic) {
    guard !isStrict else {
      throw Diagnostic(
        remark,
        remedy: "mend the file, or read it all the same with `set strict=off`"
      )
    }
    emit(remark)
  }

  /// Remarks on the deviations of a file's lines.
  ///
  /// - Parameter file: the file as the user named it.
  package func remark(_ remarks: LineRemarks, on file: String) throws(Diagnostic) {
    for text in remarks.texts { try remark("\(file): \(text)") }
  }
}
