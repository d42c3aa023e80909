import CSndfile
import Foundation

/// The report of libsndfile about a header, the only place where it says that a file is shorter than its header.
struct AudioReport {
  /// The text of the library, one fact per line.
  let lines: [Substring]
  /// The reason why the file was refused.
  let reason: String

  /// Reads the report about an open file, or about the last one that could not be opened.
  init(of file: OpaquePointer?) {
    var text = [CChar](repeating: 0, count: 1 << 14)
    sf_command(file, Int32(SFC_GET_LOG_INFO), &text, Int32(text.count))
    let bytes = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    reason = Self.sentence(String(cString: sf_strerror(file)))
  }

  /// Returns the number in the first line that begins with a label, as in `Channels : 2`.
  func number(after label: String) -> Int? {
    for line in lines where line.drop(while: \.isWhitespace).hasPrefix(label) {
      let value = line.drop { $0 != ":" }.dropFirst().drop(while: \.isWhitespace)
      return Int(value.prefix { $0.isNumber || $0 == "-" })
    }
    return nil
  }

  /// Returns the number of frames that the header promises if there are data for `frames`.
  func promisedFrames(of frames: Int) -> Int {
    if let promised = number(in: "match value from 'ds64' chunk of ") { return promised }
    let sizes = ["data", "Data Size", "SSND", "riff"]
    for line in lines {
      let line = line.drop(while: \.isWhitespace)
      guard sizes.contains(where: line.hasPrefix), let held = number(in: "(should be ", of: line),
        let promised = Int(
          line.drop { $0 != ":" }.dropFirst().drop(while: \.isWhitespace).prefix(while: \.isNumber)
        ),
        promised > held, !UnknownSize.all.contains(promised)
      else { continue }
      // The share of frames equals that of bytes; both are far below 2^53.
      let share = Double(promised) / Double(max(held, 1))
      return max(frames + 1, Int((Double(max(frames, 1)) * share).rounded()))
    }
    return frames
  }

  private func number(in phrase: String) -> Int? {
    lines.lazy.compactMap { number(in: phrase, of: $0) }.first
  }

  private func number(in phrase: String, of line: Substring) -> Int? {
    guard let range = line.range(of: phrase) else { return nil }
    return Int(line[range.upperBound...].prefix(while: \.isNumber))
  }

  /// Returns the library's message without its error prefix and period, the first letter in lower case.
  private static func sentence(_ text: String) -> String {
    let text = text.replacingOccurrences(of: "Error : ", with: "")
    let words = text.trimmingCharacters(in: CharacterSet(charactersIn: ". \n"))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
