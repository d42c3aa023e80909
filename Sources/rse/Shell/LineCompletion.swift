import CReadline
import CommandLanguage
import Foundation

/// Completion for readline: C functions without context that return and list candidates.
final class LineCompletion {
  /// Used only on the main thread, by the one editor.
  nonisolated(unsafe) static let shared = LineCompletion()

  /// Returns the completions at the end of a text.
  var complete: ((String) -> Completion)?
  /// The lines before the edited one, each with its line ending.
  var before = ""
  private var candidates: [Completion.Candidate] = []

  /// The largest number of candidates shown.
  private static let mostListed = 120

  /// Returns the candidates for the part of the line that readline wants to replace, preceded by their common
  /// prefix; nil if there are none.
  func matches(from start: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    rse_readline_end_completion(0)
    guard let complete, let buffer = rse_readline_buffer() else { return nil }
    let line = Array(UnsafeRawBufferPointer(start: buffer, count: Int(rse_readline_point())))
    let completion = complete(before + String(decoding: line, as: UTF8.self))
    candidates = completion.candidates
    rse_readline_end_completion(candidates.count == 1 && candidates[0].isWhole ? 1 : 0)
    guard !candidates.isEmpty, start <= line.count else { return nil }
    // Readline splits words at some signs; the completer's own start may be before or after readline's.
    let own = completion.range.lower - before.utf8.count
    let missing = own > start ? Array(line[start..<min(own, line.count)]) : []
    let words = candidates.map { missing + Array($0.text.utf8.dropFirst(max(0, start - own))) }
    let common = words.dropFirst().reduce(words[0]) { common, word in
      let length = zip(common, word).prefix { $0 == $1 }.count
      return Array(common.prefix(length))
    }
    return Self.array(words.count == 1 ? [words[0]] : [Self.whole(common)] + words)
  }

  /// Shows the candidates below the line.
  func list() {
    let widest = candidates.map { DisplayWidth.columns(of: $0.label) }.max() ?? 0
    // Summaries are shown if all candidates fit on the screen, one per line.
    let isExplained = candidates.contains { !$0.summary.isEmpty }
    guard isExplained, candidates.count < Terminal.rows - 2 else {
      var labels = candidates.prefix(Self.mostListed).map(\.label)
      let more = candidates.count - labels.count
      if more > 0 { labels.append("… \(more) more") }
      let list = Self.array(([""] + labels).map { Array($0.utf8) })
      rse_readline_list(list, Int32(labels.count), Int32(max(widest, 12)))
      Self.free(list)
      return
    }
    let width = Terminal.width - 1
    let lines = candidates.map { candidate -> String in
      let gap = String(
        repeating: " ",
        count: widest - DisplayWidth.columns(of: candidate.label) + 2
      )
      return DisplayWidth.prefix(candidate.label + gap + candidate.summary, columns: width) + "\n"
    }
    rse_readline_show(lines.joined())
  }

  /// Returns bytes without an incomplete character at the end.
  private static func whole(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    while !bytes.isEmpty, String(validating: bytes, as: UTF8.self) == nil { bytes.removeLast() }
    return bytes
  }

  /// Returns a null-terminated array of strings, all to be released by `free`.
  private static func array(
    _ words: [[UInt8]]
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    let size = (words.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
    guard let memory = malloc(size) else { return nil }
    let array = memory.bindMemory(
      to: UnsafeMutablePointer<CChar>?.self,
      capacity: words.count + 1
    )
    for (index, word) in words.enumerated() {
      (array + index).initialize(to: strndup(word.map(CChar.init(bitPattern:)), word.count))
    }
    (array + words.count).initialize(to: nil)
    return array
  }

  private static func free(_ array: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
    guard let array else { return }
    var index = 0
    while let word = array[index] {
      Foundation.free(word)
      index += 1
    }
    Foundation.free(array)
  }
}
