/// What kind of input a network reads, and data consist of.
package enum InputKind: String, Sendable, CaseIterable {
  case symbols, audio
  /// Rows of several values a place, of audio.
  case spectrogram
  /// Rows of a spectrogram as the keys of a piano hear them: each by the harmonics of its string.
  case harmonics
  /// Vectors of words, a row of several values a place.
  case words

  /// Whether a network tells notes of it.
  package var isHeard: Bool { self == .audio || self == .spectrogram || self == .harmonics }
}

/// What a network reads, in the order of a layout.
package enum SequenceInput: Sendable {
  /// T numbers of symbols.
  case symbols([Int32])
  /// Audio: T samples, coefficients of its spectra, or T rows of spectrograms.
  case audio([Float])
  case words(WordInput)
  /// Text with a question: symbols or words, and what each place is part of.
  indirect case passage(SequenceInput, PassageMarks)

  /// The symbols; what reads symbols is not given anything else.
  package var symbols: [Int32] {
    switch self {
    case .symbols(let symbols): return symbols
    case .passage(let text, _): return text.symbols
    case .audio, .words: preconditionFailure("symbols are read")
    }
  }

  /// What the places of a text with a question are part of; nil for other inputs.
  package var marks: PassageMarks? {
    if case .passage(_, let marks) = self { marks } else { nil }
  }

  /// The audio; what hears audio is not given anything else.
  package var audio: [Float] {
    guard case .audio(let values) = self else { preconditionFailure("audio is heard") }
    return values
  }
}

/// T places of text as vectors.
package struct WordInput: Hashable, Sendable {
  /// What stands at a place that has no vector of its own, and that it has one.
  package enum Kind {
    package static let blank: Int32 = 0
    package static let unknown: Int32 = 1
    package static let known: Int32 = 2
    /// The word that is to be found.
    package static let mask: Int32 = 3
    package static let count = 4
  }

  /// T of `Kind`.
  package let kinds: [Int32]
  /// T rows of d values, zeros where there is no known word.
  package let vectors: [Float]

  package init(kinds: [Int32], vectors: [Float]) {
    precondition(vectors.count.isMultiple(of: max(1, kinds.count)), "a row for each place")
    self.kinds = kinds
    self.vectors = vectors
  }
}

/// What T places of a text are part of.
package struct PassageMarks: Hashable, Sendable {
  /// A blank beside the text.
  package static let blank: UInt8 = 0
  /// A word before the question.
  package static let text: UInt8 = 1
  /// A word of the question: of the sentence whose last word is to be found.
  package static let question: UInt8 = 2

  /// T of these.
  package let values: [UInt8]

  package init(_ values: [UInt8]) { self.values = values }
}

/// What is said of the positions of a text in which an answer is to be pointed at.
package enum PointerLabel {
  /// A blank beside the text.
  package static let blank: Int32 = 0
  /// A word that is not the answer.
  package static let other: Int32 = 1
  /// The answer; the class whose logits are the scores.
  package static let answer: Int32 = 2
  /// The number of labels, of which each position has a logit.
  package static let count = 3
}

extension SequenceInput {
  /// The input of some of the positions, of `rows` in all.
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

/// What a network is to say about the input of a batch; each head has a type of its own.
package protocol SequenceTargets: Sendable {
  /// The targets of a group of the examples.
  func part(_ group: ExampleGroup) -> Self
}

/// The symbol at each of T positions.
package struct SymbolTargets: SequenceTargets, Hashable {
  package let symbols: [Int32]

  package init(_ symbols: [Int32]) { self.symbols = symbols }

  package func part(_ group: ExampleGroup) -> SymbolTargets {
    SymbolTargets(Array(symbols[group.rows]))
  }
}

/// Where the answers are: the label at each of T positions, see `PointerLabel`.
package struct PointerTargets: SequenceTargets, Hashable {
  package let labels: [Int32]

  package init(_ labels: [Int32]) { self.labels = labels }

  package func part(_ group: ExampleGroup) -> PointerTargets {
    PointerTargets(Array(labels[group.rows]))
  }
}

/// Which notes sound in the frames of windows of audio.
package struct NoteTargets: SequenceTargets, Hashable {
  /// Notes of a frame: the MIDI note numbers.
  package static let notes = 128
  /// Samples from one frame to the next.
  package static let stride = 128
  /// Frames of each window.
  package let frames: Int
  /// One flag per window, frame and note, in this order.
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

  /// The samples of each window, whose frames are for its samples 128, 256, ….
  package var samples: Int { (frames + 1) * Self.stride }

  /// The frame in the middle, which is evaluated.
  package var middle: Int { frames / 2 }

  /// The targets of the frames at some samples of a window, which are multiples of the stride.
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

  /// The flags of one frame of all windows, one after another.
  package func flags(ofFrame frame: Int) -> [UInt8] {
    (0..<windows).flatMap { window in
      let first = (window * frames + frame) * Self.notes
      return flags[first..<first + Self.notes]
    }
  }
}
