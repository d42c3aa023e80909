import Audio
import Files
import Foundation
import Sessions

extension Transcription {
  /// Creates the page of a recording and its notes.
  ///
  /// - Parameters:
  ///   - input: the recording's file, which must stay open while the page is written.
  ///   - verdict: the notes compared with the reference, if there is one.
  /// - Throws: `Interrupted` or `AudioError`.
  func page(
    _ recording: Recording,
    of input: borrowing OpenFile,
    _ notes: [NoteEvent],
    _ verdict: PianoRoll.Verdict?,
    in session: Session
  ) throws -> ListeningPage {
    let (descriptor, name) = (input.descriptor, input.name)
    let sound = try PageSound {
      let file = try OpenFile(duplicating: descriptor, name: name)
      return try AudioReader(duplicating: file, mix: recording.mix)
    } check: {
      try session.checkInterruption()
    }
    if sound == nil {
      session.emit("\(files.path(.page)): too long for its sound; the page plays the notes alone")
    }
    let shown: PianoRoll.Notes = verdict.map { .compared($0) } ?? .found(notes)
    let facts = [Self.summary(of: notes, in: recording), shown.scores]
    return ListeningPage(
      content: PageContent(
        title: (file as NSString).lastPathComponent,
        summary: facts.compactMap(\.self).joined(separator: " · "),
        origin: "Transcribed by rse with the model \(listener.title).",
        notes: shown,
        seconds: recording.seconds,
        sound: sound
      )
    )
  }

  /// Writes the page, while showing a progress bar.
  func write(_ page: ListeningPage, in session: Session) throws {
    let start = ContinuousClock.now
    try session.write(to: files.path(.page)) { write in
      try page.write(write) { seconds in
        session.emit(
          WorkProgress(
            activity: "write",
            done: Int(seconds),
            total: max(1, Int(page.content.seconds)),
            unit: "s",
            seconds: start.secondsAgo,
            detail: files.path(.page)
          )
        )
      }
    }
  }
}
