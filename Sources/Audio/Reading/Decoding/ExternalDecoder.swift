import Foundation

/// A program that decodes the sound files that libsndfile does not open: FFmpeg. Its output may differ in the last
/// bits between versions and processors.
package struct ExternalDecoder: Sendable {
  /// The name of the program and of its Debian package.
  package static let program = "ffmpeg"
  /// The command that installs it.
  static let installation = "apt-get install \(program)"

  /// The decoder's name in messages.
  let name = ExternalDecoder.program
  /// The path of the program.
  let path: String

  package init(path: String) { self.path = path }

  /// The decoder in this process's search path; nil if there is none.
  package static var installed: ExternalDecoder? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return folders.split(separator: ":").lazy
      // A relative path may lead to anything.
      .filter { $0.hasPrefix("/") }
      .map { "\($0)/\(program)" }
      .first { (path: String) in access(path, X_OK) == 0 }
      .map { ExternalDecoder(path: $0) }
  }

  /// The file to decode, standard input; it is reopened by name so that it can be read in any order.
  private static let file = "/dev/fd/0"
  private static let input = "file:\(file)"
  /// The pattern of the input's name in messages, whole or a part of it.
  private static let inputName = #"(file:|subfile,\S*:)/dev/fd/0: "#

  /// Returns the arguments that make the program write the sound of its input to standard output, as WAV of 32-bit floats with
  /// the same rate and channels. It cannot reach other files than the input.
  static func arguments(for part: SoundPart) -> [String] {
    let window = "subfile,,start,\(part.bytes.lowerBound),end,\(part.bytes.upperBound),,:\(file)"
    // Lost pages of Ogg become silence.
    let filling = part.form == .ogg ? ["-af", "aresample=async=1"] : []
    return [
      "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,subfile",
      "-i", part.isWhole ? input : window, "-vn", "-sn", "-dn", "-map_metadata", "-1",
    ] + filling + ["-f", "wav", "-c:a", "pcm_f32le", "pipe:1"]
  }

  /// Returns the last line of the program's messages that does not refer to the line before, without the names of the input and
  /// of the program's components, which contain addresses.
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

/// The reason why an external program cannot decode a sound.
struct DecoderError: Error, Equatable {
  let reason: String
}
