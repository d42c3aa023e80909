import CommandLanguage
import Figures
import Foundation
import Notebooks
import Sessions
import Tasks
import Wording

extension LambadaData {
  /// The number of answers that are listed.
  private static let listed = 5

  /// Asks for the missing word of a passage.
  package func answer(
    _ question: String,
    from model: Session.BoundModel,
    in session: Session
  ) throws -> Value {
    let reading = try PassageReading(question, model, self, in: session)
    if reading.left > 0 {
      session.emit(
        "\(counted(reading.left, "word is", "words are")) at the beginning more than the longest length holds"
      )
    }
    let unknown = Set(reading.words.dropLast().filter { vocabulary.number(of: $0) == 1 })
    let answers = Array(reading.answers.prefix(Self.listed))
    let best = answers.first?.word
    let probabilities = Dictionary(
      reading.answers.map { ($0.word, $0.probability) },
      uniquingKeysWith: { first, _ in first }
    )
    // Brackets mark the word that the network points at.
    let marked = reading.words.dropLast().map { word in
      (word == best ? "[\(word)]" : word, probabilities[word] ?? 0)
    }
    for line in Self.wrapped(marked + [(PassageReading.gap, 0)], width: session.width) {
      session.emit(line.text, .arithmetic, shades: line.shades)
    }
    for (index, answer) in answers.enumerated() {
      session.emit(
        "\(index + 1)  " + String(format: "%5.1f %%  ", 100 * answer.probability) + answer.word,
        .arithmetic
      )
    }
    if !unknown.isEmpty {
      session.emit("unknown words: \(unknown.sorted().joined(separator: ", "))")
    }
    return .record([
      "answer": .text(best ?? ""),
      "answers": .labelled(
        Labelled(answers.map { (.text($0.word), .number($0.probability)) })
      ),
    ])
  }

  /// Breaks words into lines of a width, each word shaded by its probability.
  private static func wrapped(
    _ words: [(text: String, probability: Double)],
    width: Int
  ) -> [(text: String, shades: [OutputLine.Shade])] {
    var lines: [(text: String, shades: [OutputLine.Shade])] = []
    var (line, shades) = ("", [OutputLine.Shade]())
    for (word, probability) in words {
      if !line.isEmpty, line.count + 1 + word.count > max(20, width) {
        lines.append((line, shades))
        (line, shades) = ("", [])
      }
      if !line.isEmpty { line += " " }
      let first = line.utf8.count
      line += word
      shades.append(OutputLine.Shade(first..<line.utf8.count, strength: probability))
    }
    return lines + [(line, shades)]
  }
}
