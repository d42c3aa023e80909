import Foundation

/// An error in a Standard MIDI File, with its byte.
package struct MIDIFileError: LocalizedError, Equatable {
  /// The kinds of errors.
  package enum Problem: Equatable, Sendable {
    /// Bytes that do not begin like a MIDI file.
    case noMIDIFile
    /// A file that ends where something should follow.
    case cutOff(expected: String)
    /// An event that declares more bytes than are available.
    case lyingLength(chunk: String, length: Int, available: Int)
    /// A division of time that has no length.
    case division(Int)
    /// A variable-length quantity of more than four bytes.
    case longQuantity
    /// Times that add up to more than a note may have.
    case longTime
    /// More events than are read.
    case tooManyEvents(limit: Int)
  }

  /// The byte offset of the error in the file.
  package let offset: Int
  package let problem: Problem

  init(_ problem: Problem, at offset: Int) {
    self.problem = problem
    self.offset = offset
  }

  /// True if what follows the place cannot be read while what precedes it can.
  var isOfPlace: Bool {
    switch problem {
    case .cutOff, .lyingLength, .longQuantity: true
    case .noMIDIFile, .division, .longTime, .tooManyEvents: false
    }
  }

  /// The error with its place.
  package var message: String { "byte \(offset): \(fault)" }

  package var errorDescription: String? { message }

  private var fault: String {
    switch problem {
    case .noMIDIFile: "this is no MIDI file, which begins with `MThd`"
    case .cutOff(let expected): "the file ends where \(expected) should follow"
    case .lyingLength(let chunk, let length, let available):
      "the \(chunk) says it has \(length) bytes, but \(available) are there"
    case .division(let division): "the division of time is \(division), which has no length"
    case .longQuantity: "a number of more than four bytes"
    case .longTime: "the times add up to more than thirty years"
    case .tooManyEvents(let limit): "there are more than \(limit) events"
    }
  }

  /// The remedy for the error.
  package var remedy: String {
    switch problem {
    case .noMIDIFile: "give a Standard MIDI File, usually named .mid"
    case .tooManyEvents: "divide it into files of fewer notes"
    case .cutOff, .lyingLength: "the file is damaged or was not copied whole: get it again"
    case .division, .longQuantity, .longTime:
      "the file is damaged: get it again, or save it anew with the program that made it"
    }
  }
}
