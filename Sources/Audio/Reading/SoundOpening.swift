/// The opening of a file's parts, each by the first that decodes it: libmpg123, libsndfile, an external decoder.
struct SoundOpening {
  private let descriptor: Int32
  private let name: String
  private let decoder: ExternalDecoder?

  /// - Parameter descriptor: the file's descriptor; it must stay open.
  init(_ descriptor: Int32, name: String, decoder: ExternalDecoder?) {
    self.descriptor = descriptor
    self.name = name
    self.decoder = decoder
  }

  /// The first part that can be decoded, the parts after it, and those before it that cannot.
  struct First {
    let source: any SoundSource
    let part: SoundPart
    let ahead: ArraySlice<SoundPart>
    var unread = SoundPlaces()
  }

  /// Opens the first part of a file that can be decoded.
  ///
  /// - Parameter wait: called while an external decoder starts.
  /// - Throws: `AudioError` if there is none; the errors of `wait`.
  func first(_ wait: () throws -> Void) throws -> First {
    let parts = SoundPart.parts(of: descriptor, isSearching: false)
    if !parts.isEmpty { return try first(of: parts, wait) }
    var whole = SoundPart.whole(FileBytes.size(of: descriptor))
    if MPEGParts.isMarked(descriptor) { whole.form = .doubtful }
    do throws(AudioError) {
      let sound = try decoded(whole)
      return First(source: sound, part: whole, ahead: [])
    } catch {
      guard case .noSound = error.fault, ForeignFormat(of: descriptor) == nil else {
        return First(source: try open(whole, wait), part: whole, ahead: [])
      }
      let parts = SoundPart.parts(of: descriptor, isSearching: true)
      return try first(of: parts.isEmpty ? [whole] : parts, wait)
    }
  }

  private func first(of parts: [SoundPart], _ wait: () throws -> Void) throws -> First {
    var refusal: AudioError?
    var unread = SoundPlaces()
    for (index, part) in parts.enumerated() where part.gap == nil {
      do {
        let source = try open(part, wait)
        return First(source: source, part: part, ahead: parts[(index + 1)...], unread: unread)
      } catch let error as AudioError {
        refusal = refusal ?? error
        unread.note(0)
      }
    }
    throw refusal ?? AudioError(file: name, .empty)
  }

  /// Opens a part with a library.
  private func decoded(_ part: SoundPart) throws(AudioError) -> any SoundSource {
    switch part.form {
    case .mpeg: try MPEGSound(descriptor, part: part, name: name)
    case .doubtful: throw AudioError(file: name, .noSound(reason: "format not recognised"))
    case .any, .flac, .ogg: try LibrarySound(descriptor, part: part, name: name)
    }
  }

  /// Opens a part.
  ///
  /// - Throws: `AudioError`; the errors of `wait`.
  func open(_ part: SoundPart, _ wait: () throws -> Void) throws -> any SoundSource {
    do throws(AudioError) {
      return try decoded(part)
    } catch {
      guard case .noSound(let reason) = error.fault, part.gap == nil else { throw error }
      let format = ForeignFormat(of: descriptor, at: part.bytes.lowerBound)
      guard let decoder else {
        throw AudioError(file: name, format.map { .needsDecoder($0) } ?? error.fault)
      }
      do {
        return try DecodedSound(
          descriptor,
          part: part,
          decoder: decoder,
          name: name,
          wait: wait
        )
      } catch let error as DecoderError {
        let words = "\(decoder.name): \(error.reason)"
        throw AudioError(
          file: name,
          .noSound(reason: format == nil ? "\(reason); \(words)" : words)
        )
      }
    }
  }
}
