/// Splits text into words as in the published files of LAMBADA: lower case, punctuation separate, contractions in two
/// pieces (`do n't`, `she 's`), quotes as `` and ''.
///
/// Text that is already split stays as it is. The rules follow the Penn Treebank.
package enum WordTokenizer {
  /// Abbreviations that keep their period.
  private static let abbreviations: Set<String> = [
    "mr.", "mrs.", "ms.", "dr.", "st.", "prof.", "capt.", "col.", "gen.", "rev.", "hon.", "sr.",
    "jr.", "mt.",
    "messrs.", "lt.", "sgt.", "etc.", "vs.", "no.", "a.m.", "p.m.", "e.g.", "i.e.", "u.s.",
  ]
  /// The endings of contractions.
  private static let clitics = ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"]
  private static let openers: Set<Character> = ["(", "[", "{", "<"]
  private static let closers: Set<Character> = [
    ")", "]", "}", ">", ",", ";", ":", "?", "!", "%",
  ]

  /// Returns the words of a text.
  package static func words(of text: String) -> [String] {
    var words: [String] = []
    let plain = text.lowercased()
      .replacing("\u{2019}", with: "'").replacing("\u{2018}", with: "'")
      .replacing("\u{201C}", with: " `` ").replacing("\u{201D}", with: " '' ")
      .replacing("\u{2014}", with: " -- ").replacing("--", with: " -- ")
      .replacing("\u{2026}", with: " ... ").replacing("...", with: " ... ")
    for piece in plain.split(whereSeparator: \.isWhitespace) { add(piece, to: &words) }
    return words
  }

  private static func add(_ piece: Substring, to words: inout [String]) {
    var piece = piece
    if ["``", "''", "--", "..."].contains(piece) || clitics.contains(String(piece)) {
      words.append(String(piece))
      return
    }
    while let first = piece.first, piece.count > 1 {
      if first == "\"" {
        words.append("``")
      } else if openers.contains(first) || first == "$" {
        words.append(String(first))
      } else if piece.hasPrefix("``") || piece.hasPrefix("''") {
        words.append(piece.hasPrefix("``") ? "``" : "''")
        piece = piece.dropFirst()
      } else if first == "'" || first == "`" {
        // A quote before a word; pieces that begin with an apostrophe of their own were handled above.
        words.append("`")
      } else {
        break
      }
      piece = piece.dropFirst()
    }
    var ends: [String] = []
    while let last = piece.last, piece.count > 1 {
      if last == "\"" {
        ends.append("''")
      } else if piece.hasSuffix("''") {
        ends.append("''")
        piece = piece.dropLast()
      } else if closers.contains(last) || last == "'" {
        ends.append(String(last))
      } else if last == ".", !keepsPeriod(piece) {
        ends.append(".")
      } else {
        break
      }
      piece = piece.dropLast()
    }
    if piece == "\"" {
      words.append(ends.isEmpty && words.last != "``" ? "``" : "''")
    } else if let clitic = clitics.first(where: { piece.hasSuffix($0) && piece.count > $0.count }) {
      words.append(String(piece.dropLast(clitic.count)))
      words.append(clitic)
    } else if piece == "cannot" {
      words += ["can", "not"]
    } else if !piece.isEmpty {
      words.append(String(piece))
    }
    words += ends.reversed()
  }

  /// Returns true if a period belongs to the word that it ends: an abbreviation or an initial.
  private static func keepsPeriod(_ piece: Substring) -> Bool {
    abbreviations.contains(String(piece)) || piece.count == 2 && piece.first?.isLetter == true
      || piece.dropLast().contains(".")
  }
}
