/// The kinds of input that networks read and data consist of.
package enum InputKind: String, Sendable, CaseIterable {
  case symbols, audio
  /// Spectrograms of audio, several values per position.
  case spectrogram
  /// Spectrograms as the keys of a piano read them, each by the harmonics of its string.
  case harmonics
  /// Word vectors, several values per position.
  case words

  /// True if it is audio, of which a network predicts notes.
  package var isHeard: Bool { self == .audio || self == .spectrogram || self == .harmonics }
}

/// A network's input in the order of a layout.
package enum SequenceInput: Sendable {
  /// T symbol numbers.
  case symbols([Int32])
  /// Audio: T samples, the coefficients of its spectra, or T spectrogram rows.
  case audio([Float])
  case words(WordInput)
  /// Text with a question: symbols or words, and the mark of each position.
  indirect case passage(SequenceInput, PassageMarks)

  /// The symbols; layers that read symbols receive nothing else.
  package var symbols: [Int32] {
    switch self {
    case .symbols(let symbols): return symbols
    case .passage(let text, _): return text.symbols
    case .audio, .words: preconditionFailure("symbols are read")
    }
  }

  /// The marks of a text with a question; nil for other inputs.
  package var marks: PassageMarks? {
    if case .passage(_, let marks) = self { marks } else { nil }
  }

  /// The audio; layers that read audio receive nothing else.
  package var audio: [Float] {
    guard case .audio(let values) = self else { preconditionFailure("audio is heard") }
    return values
  }
}

/// T positions of text as vectors.
package struct WordInput: Hashable, Sendable {
  /// The kinds of positions: those with a vector of their own, and those without.
  package enum Kind {
    package static let blank: Int32 = 0
    package static let unknown: Int32 = 1
    package static let known: Int32 = 2
    /// The word to be found.
    package static let mask: Int32 = 3
    package static let count = 4
  }

  /// The `Kind` of each of T positions.
  package let kinds: [Int32]
  /// T rows of d values, zeros where there is no known word.
  package let vectors: [Float]

  package init(kinds: [Int32], vectors: [Float]) {
    precondition(vectors.count.isMultiple(of: max(1, kinds.count)), "a row for each place")
    self.kinds = kinds
    self.vectors = vectors
  }
}

/// The part of a text to which each of T positions belongs.
package struct PassageMarks: Hashable, Sendable {
  /// A blank outside the text.
  package static let blank: UInt8 = 0
  /// A word before the question.
  package static let text: UInt8 = 1
  /// A word of the question, the sentence whose last word is to be found.
  package static let question: UInt8 = 2

  /// T of the marks above.
  package let values: [UInt8]

  package init(_ values: [UInt8]) { self.values = values }
}

/// The labels of the positions of a text in which the answer is pointed at.
package enum PointerLabel {
  /// A blank outside the text.
  package static let blank: Int32 = 0
  /// A word that is not the answer.
  package static let other: Int32 = 1
  /// The answer; the class whose logits are the scores.
  package static let answer: Int32 = 2
  /// The number of labels; each position has a logit for each.
  package static let count = 3
}

extension SequenceInput {
  /// Returns the input of a range of rows, out of `rows` in all.
  package func part(_ part: Range<Int>, of rows: Int) -> SequenceInput {
    func slice<Element>(_ values: [Element]) -> [Element] {
      let width = values.count / rows
      return Array(values[part.lowerBound * width..<part.upperBound * width])
    }
    return switch self {
    case .symbols(let symbols): .symbols(slice(symbols))
    case .audio(let values): .audio(slice(values))
    case .words(let words):
      .words(WordInput(kinds: slice(words.kinds), vectors: slice(words.vectors)))
    case .passage(let text, let marks):
      .passage(text.part(part, of: rows), PassageMarks(slice(marks.values)))
    }
  }
}

/// The target output of a network for a batch; each head has a type of its own.
package protocol SequenceTargets: Sendable {
  /// Returns the targets of a group of examples.
  func part(_ group: ExampleGroup) -> Self
}

/// The target symbol at each of T positions.
package struct SymbolTargets: SequenceTargets, Hashable {
  package let symbols: [Int32]

  package init(_ symbols: [Int32]) { self.symbols = symbols }

  package func part(_ group: ExampleGroup) -> SymbolTargets {
    SymbolTargets(Array(symbols[group.rows]))
  }
}

/// The label at each of T positions, which marks the answers; see `PointerLabel`.
package struct PointerTargets: SequenceTargets, Hashable {
  package let labels: [Int32]

  package init(_ labels: [Int32]) { self.labels = labels }

  package func part(_ group: ExampleGroup) -> PointerTargets {
    PointerTargets(Array(labels[group.rows]))
  }
}

/// The notes that sound in the frames of audio windows.
package struct NoteTargets: SequenceTargets, Hashable {
  /// The number of notes of a frame: the MIDI note numbers.
  package static let notes = 128
  /// The number of samples from one frame to the next.
  package static let stride = 128
  /// The number of frames of each window.
  package let frames: Int
  /// One flag per window, frame and note, in that order.
  package let flags: [UInt8]

  package init(frames: Int, flags: [UInt8]) {
    precondition(frames > 0 && flags.count.isMultiple(of: frames * Self.notes), "whole frames")
    self.frames = frames
    self.flags = flags
  }

  package func part(_ group: ExampleGroup) -> NoteTargets {
    let size = frames * Self.notes
    let own = group.examples.lowerBound * size..<group.examples.upperBound * size
    return NoteTargets(frames: frames, flags: Array(flags[own]))
  }

  /// The number of windows.
  package var windows: Int { flags.count / (frames * Self.notes) }

  /// The number of samples of each window, whose frames are for its samples 128, 256, ….
  package var samples: Int { (frames + 1) * Self.stride }

  /// The middle frame, which is evaluated.
  package var middle: Int { frames / 2 }

  /// Returns the targets of the frames at the given samples of a window, which are multiples of the stride.
  package func at(samples: [Int]) -> NoteTargets {
    let own = samples.map { $0 / Self.stride - 1 }
    precondition(own.allSatisfy { (0..<frames).contains($0) }, "\(samples) in \(self.samples)")
    return NoteTargets(
      frames: own.count,
      flags: (0..<windows).flatMap { window in
        own.flatMap { frame in
          let first = (window * frames + frame) * Self.notes
          return flags[first..<first + Self.notes]
        }
      }
    )
  }

  /// Returns the flags of one frame in all windows, one window after another.
  package func flags(ofFrame frame: Int) -> [UInt8] {
    (0..<windows).flatMap { window in
      let first = (window * frames + frame) * Self.notes
      return flags[first..<first + Self.notes]
    }
  }
}
