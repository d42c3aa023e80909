import Files

/// Keeps the samples of sound files at 11,000 Hz, so that each file is decoded once.
///
/// A file of samples is named after the digest of the sound file: copies and renamed files find it. It is
/// checked when it is opened, and made anew when it is damaged. Where the folder cannot be written, samples
/// lie in files without a name that vanish with the program.
package struct SampleCache: Sendable {
  /// Where the files of samples lie.
  package let folder: CacheFolder
  /// What decodes files that libsndfile does not open; nil for nothing.
  private let decoder: ExternalDecoder?

  /// A cache in the folder at a path; nil keeps nothing.
  package init(
    folder path: String? = CacheFolder.standardPath,
    decoder: ExternalDecoder? = .installed
  ) {
    folder = CacheFolder(path, of: "samples")
    self.decoder = decoder
  }

  /// The samples of the sound file at `path`, from the cache or newly decoded; of one that is cut off, as far as it goes.
  ///
  /// - Parameters:
  ///   - name: What errors call it; nil for the path.
  ///   - progress: Called at least ten times a second; what it throws ends the reading, which leaves nothing
  ///     behind.
  /// - Throws: `AudioError`; what `progress` throws.
  package func recording(
    path: String,
    name: String? = nil,
    progress: (DecodingProgress) throws -> Void = { _ in }
  ) throws -> Recording {
    try AudioError.translating {
      let file = try OpenFile(path: path, name: name ?? path)
      return try recording(of: file, known: path, progress)
    }
  }

  /// The samples of an open file, such as a member of an archive; the descriptor stays open.
  ///
  /// - Throws: `AudioError`; what `progress` throws.
  package func recording(
    descriptor: Int32,
    name: String,
    progress: (DecodingProgress) throws -> Void = { _ in }
  ) throws -> Recording {
    try AudioError.translating {
      let file = try OpenFile(duplicating: descriptor, name: name)
      return try recording(of: file, known: nil, progress)
    }
  }

  /// The samples that were kept of the file with a digest; nil when they are not there, or damaged.
  ///
  /// - Throws: What `progress` throws.
  package func kept(
    _ source: Digest,
    name: String,
    progress: (DecodingProgress) throws -> Void = { _ in }
  ) throws -> Recording? {
    guard let path = folder.path(of: Self.name(source)),
      let file = SampleFile(path: path, source: source),
      try folder.isIntact(
        path,
        file.trailer.samples,
        check: { try file.isIntact { try progress(.beginning) } }
      )
    else { return nil }
    return recording(file, name)
  }

  /// The digest of a file that holds sounds, remembered until it changes.
  ///
  /// - Throws: `AudioError`; what `progress` throws, which is called for every part that is read.
  package func digest(path: String, progress: () throws -> Void) throws -> Digest {
    try AudioError.translating { try folder.digest(path: path, progress: progress) }
  }

  private func recording(
    of file: borrowing OpenFile,
    known path: String?,
    _ progress: (DecodingProgress) throws -> Void
  ) throws -> Recording {
    let digest = try folder.digest(of: file, known: path) { try progress(.beginning) }
    let name = file.name
    if let kept = try kept(digest, name: name, progress: progress) { return kept }
    var remark: String?
    let made: SampleFile
    do {
      made = try convert(file, digest, mix: .mean, &remark, progress)
    } catch let fault as SampleFile.ChannelsCancel {
      made = try convert(file, digest, mix: fault.mix, &remark, progress)
    }
    var recording = recording(made, name)
    recording.decoderRemark = remark
    return recording
  }

  private func recording(
    _ file: SampleFile,
    _ name: String
  ) -> Recording {
    let trailer = file.trailer
    let (frames, promised) = (Int(trailer.frames), Int(trailer.promisedFrames))
    let rate = Int(trailer.rate)
    return Recording(
      name: name,
      source: trailer.source,
      digest: trailer.samples,
      sourceRate: rate,
      sourceFrames: frames,
      missingSeconds: Double(promised - frames) / Double(rate),
      mix: trailer.mix,
      damage: SoundPlaces(count: Int(trailer.damage), first: Int(trailer.firstDamage)),
      unreadParts: SoundPlaces(
        count: Int(trailer.unreadParts),
        first: Int(trailer.firstUnreadPart)
      ),
      count: Int(trailer.count),
      file: file.samples
    )
  }

  private static func name(_ source: Digest) -> String { "\(source).samples" }

  /// - Parameter remark: becomes what an outside decoder said.
  /// - Throws: `SampleFile.ChannelsCancel` where the channels need another mix, and what `recording` throws.
  private func convert(
    _ file: borrowing OpenFile,
    _ source: Digest,
    mix: ChannelMix,
    _ remark: inout String?,
    _ progress: (DecodingProgress) throws -> Void
  ) throws -> SampleFile {
    // Kept also where it is cut off: whether that is allowed is asked again for every use.
    func write(
      _ file: borrowing OpenFile,
      _ put: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> String? {
      let reader = try AudioReader(duplicating: file, mix: mix, decoder: decoder) {
        try progress(.beginning)
      }
      try SampleFile.convert(reader, source: source, progress: progress, write: put)
      return reader.remark
    }
    let path = try folder.write(Self.name(source)) { stream in
      remark = try write(file) { try stream.write($0) }
    }
    if let path, let made = SampleFile(path: path, source: source) {
      folder.remember(made.trailer.samples, of: path)
      return made
    }
    let unnamed = try UnnamedFile(for: file.name)
    let name = file.name
    remark = try write(file) { try unnamed.write($0, for: name) }
    guard let made = SampleFile(descriptor: unnamed.descriptor) else {
      throw AudioError(file: file.name, .file(.noRoom(reason: "they cannot be mapped into memory")))
    }
    return made
  }
}
