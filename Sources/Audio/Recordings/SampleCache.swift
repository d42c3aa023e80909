import Files

/// Keeps the samples of sound files at 11,000 Hz, so that each file is decoded once.
///
/// A file of samples is named after the digest of the sound file: copies and renamed files find it. It is
/// checked when it is opened, and made anew when it is damaged. Where the folder cannot be written, samples
/// lie in files without a name that vanish with the program.
package struct SampleCache: Sendable {
  /// Where the files of samples lie.
  package let folder: CacheFolder

  /// A cache in the folder at a path; nil keeps nothing.
  package init(folder path: String? = CacheFolder.standardPath) {
    folder = CacheFolder(path, of: "samples")
  }

  /// The samples of the sound file at `path`, from the cache or newly decoded.
  ///
  /// - Parameters:
  ///   - name: What errors call it; nil for the path.
  ///   - allowsTruncation: Whether a file that is cut off is taken as far as it goes.
  ///   - progress: Called at least ten times a second with the seconds of sound that were decoded; what it
  ///     throws ends the reading, which leaves nothing behind.
  /// - Throws: `AudioError`; what `progress` throws.
  package func recording(
    path: String,
    name: String? = nil,
    allowsTruncation: Bool = false,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> Recording {
    try AudioError.translating {
      let file = try OpenFile(path: path, name: name ?? path)
      return try recording(of: file, known: path, allowsTruncation, progress)
    }
  }

  /// The samples of an open file, such as a member of an archive; the descriptor stays open.
  ///
  /// - Throws: `AudioError`; what `progress` throws.
  package func recording(
    descriptor: Int32,
    name: String,
    allowsTruncation: Bool = false,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> Recording {
    try AudioError.translating {
      let file = try OpenFile(duplicating: descriptor, name: name)
      return try recording(of: file, known: nil, allowsTruncation, progress)
    }
  }

  /// The samples that were kept of the file with a digest; nil when they are not there, or damaged.
  ///
  /// - Throws: `AudioError` for a file that is cut off; what `progress` throws.
  package func kept(
    _ source: Digest,
    name: String,
    allowsTruncation: Bool = false,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> Recording? {
    guard let path = folder.path(of: Self.name(source)),
      let file = SampleFile(path: path, source: source),
      try folder.isIntact(
        path,
        file.trailer.samples,
        check: { try file.isIntact { try progress(0) } }
      )
    else { return nil }
    return try recording(file, name, allowsTruncation)
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
    _ allowsTruncation: Bool,
    _ progress: (Double) throws -> Void
  ) throws -> Recording {
    let digest = try folder.digest(of: file, known: path) { try progress(0) }
    let name = file.name
    if let kept = try kept(
      digest,
      name: name,
      allowsTruncation: allowsTruncation,
      progress: progress
    ) {
      return kept
    }
    let made = try convert(file, digest, progress)
    return try recording(made, name, allowsTruncation)
  }

  private func recording(
    _ file: SampleFile,
    _ name: String,
    _ allowsTruncation: Bool
  ) throws(AudioError) -> Recording {
    let trailer = file.trailer
    let (frames, promised) = (Int(trailer.frames), Int(trailer.promisedFrames))
    let rate = Int(trailer.rate)
    if frames < promised && !allowsTruncation {
      throw AudioError(file: name, .truncated(frames: frames, promised: promised, rate: rate))
    }
    return Recording(
      name: name,
      source: trailer.source,
      digest: trailer.samples,
      missingSeconds: Double(promised - frames) / Double(rate),
      count: Int(trailer.count),
      file: file.samples
    )
  }

  private static func name(_ source: Digest) -> String { "\(source).samples" }

  private func convert(
    _ file: borrowing OpenFile,
    _ source: Digest,
    _ progress: (Double) throws -> Void
  ) throws -> SampleFile {
    let path = try folder.write(Self.name(source)) { stream in
      // Kept also where it is cut off: whether that is allowed is asked again for every use.
      let reader = try AudioReader(duplicating: file)
      try SampleFile.convert(reader, source: source, progress: progress) { try stream.write($0) }
    }
    if let path, let made = SampleFile(path: path, source: source) {
      folder.remember(made.trailer.samples, of: path)
      return made
    }
    let unnamed = try UnnamedFile(for: file.name)
    let reader = try AudioReader(duplicating: file)
    try SampleFile.convert(reader, source: source, progress: progress) {
      try unnamed.write($0, for: file.name)
    }
    guard let made = SampleFile(descriptor: unnamed.descriptor) else {
      throw AudioError(file: file.name, .file(.noRoom(reason: "they cannot be mapped into memory")))
    }
    return made
  }
}
