import Files

/// A cache of the samples of sound files at 11,000 Hz, so that each file is decoded once.
///
/// A file of samples is named after the digest of the sound file, so that copies and renamed files share it. It is
/// checked when it is opened, and made again if it is damaged. If the folder is not writable, samples are stored in
/// unnamed files that vanish with the program.
package struct SampleCache: Sendable {
  /// The folder of the files of samples.
  package let folder: CacheFolder
  /// The decoder of files that libsndfile does not open; nil for none.
  private let decoder: ExternalDecoder?

  /// Makes a cache in the folder at a path; nil for one that stores nothing.
  package init(
    folder path: String? = CacheFolder.standardPath,
    decoder: ExternalDecoder? = .installed
  ) {
    folder = CacheFolder(path, of: "samples")
    self.decoder = decoder
  }

  /// Returns the samples of the sound file at `path`, from the cache or decoded; those of a truncated file as far as it goes.
  ///
  /// - Parameters:
  ///   - name: The file's name in errors; nil for the path.
  ///   - progress: Called at least ten times per second; an error ends the reading, which leaves nothing behind.
  /// - Throws: `AudioError`; the errors of `progress`.
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

  /// Returns the samples of an open file, such as an archive member; the descriptor stays open.
  ///
  /// - Throws: `AudioError`; the errors of `progress`.
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

  /// Returns the stored samples of the file with a digest; nil if they are missing or damaged.
  ///
  /// - Throws: The errors of `progress`.
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

  /// Returns the digest of a file that holds sounds, remembered until the file changes.
  ///
  /// - Throws: `AudioError`; the errors of `progress`, which is called for every part that is read.
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

  /// - Parameter remark: receives the message of an external decoder.
  /// - Throws: `SampleFile.ChannelsCancel` if the channels need another mix, and the errors of `recording`.
  private func convert(
    _ file: borrowing OpenFile,
    _ source: Digest,
    mix: ChannelMix,
    _ remark: inout String?,
    _ progress: (DecodingProgress) throws -> Void
  ) throws -> SampleFile {
    // Samples of truncated files are stored too; every use decides again whether that is allowed.
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
