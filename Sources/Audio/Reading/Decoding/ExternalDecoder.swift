import Foundation

/// A program that decodes sound files which libsndfile does not open: FFmpeg. What it decodes may differ in the last
/// bits from one version and one processor to another.
package struct ExternalDecoder: Sendable {
  /// The program, and the package of Debian that has it.
  package static let program = "ffmpeg"
  /// How it is installed.
  static let installation = "apt-get install \(program)"

  /// What messages call it.
  let name = ExternalDecoder.program
  /// Where the program is.
  let path: String

  package init(path: String) { self.path = path }

  /// The one that the search path of this process has; nil where it has none.
  package static var installed: ExternalDecoder? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return folders.split(separator: ":").lazy
      // What is named from the present folder on may be anything.
      .filter { $0.hasPrefix("/") }
      .map { "\($0)/\(program)" }
      .first { (path: String) in access(path, X_OK) == 0 }
      .map { ExternalDecoder(path: $0) }
  }

  /// The file that is decoded, which is standard input: opened anew, so that it can be read in any order.
  private static let file = "/dev/fd/0"
  private static let input = "file:\(file)"
  /// How it names its input, whole or a part of it.
  private static let inputName = #"(file:|subfile,\S*:)/dev/fd/0: "#

  /// What makes it write the sound of its input to standard output, as WAV of 32-bit floats with the rate and the
  /// channels that it has. Other files than the input are out of its reach.
  static func arguments(for part: SoundPart) -> [String] {
    let window = "subfile,,start,\(part.bytes.lowerBound),end,\(part.bytes.upperBound),,:\(file)"
    // Where pages of Ogg are lost there is silence.
    let filling = part.form == .ogg ? ["-af", "aresample=async=1"] : []
    return [
      "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,subfile",
      "-i", part.isWhole ? input : window, "-vn", "-sn", "-dn", "-map_metadata", "-1",
    ] + filling + ["-f", "wav", "-c:a", "pcm_f32le", "pipe:1"]
  }

  /// The last line of what it says that is not about the line before, without the name of its input and without the
  /// part of it that speaks, whose name has an address.
  static func lastLine(_ text: String) -> String? {
    text.split(whereSeparator: \.isNewline)
      .map { line in
        line
          .replacingOccurrences(of: inputName, with: "", options: .regularExpression)
          .replacingOccurrences(of: #"^(\[[^\]]*\] )+"#, with: "", options: .regularExpression)
          .trimmingCharacters(in: .whitespaces)
      }
      .last { !$0.isEmpty && !$0.hasPrefix("Last message repeated") }
  }
}

/// Why a sound cannot be decoded by an outside program.
struct DecoderError: Error, Equatable {
  let reason: String
}
