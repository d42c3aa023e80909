import Audio

/// The recordings in a list of paths with MusicNet's layout: `train_data/ID.wav` with `train_labels/ID.csv`, and the
/// same for `test`, in any folder.
struct MusicNetListing {
  /// A recording with both audio and labels.
  struct Piece: Equatable {
    let id: String
    let isInTestFolder: Bool
    let audio: String
    let labels: String
  }

  /// The extensions of audio files.
  static let audioEndings =
    Set(["wav", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff"]).union(ForeignFormat.extensions)

  /// The kind of file that a path is in the layout.
  enum Kind: Equatable {
    case audio(id: String, isTest: Bool)
    case labels(id: String, isTest: Bool)
  }

  /// The pieces in the order of their IDs, numbers by value.
  let pieces: [Piece]
  /// The faults of pieces that lack one half or have it twice.
  let faults: [DataFault]

  /// Pairs audio with labels.
  init(_ paths: [String]) {
    var audio: [String: [(path: String, isTest: Bool)]] = [:]
    var labels: [String: [String]] = [:]
    var faults: [DataFault] = []
    for path in paths.sorted() {
      switch Self.kind(of: path) {
      case .audio(let id, let isTest): audio[id, default: []].append((path, isTest))
      case .labels(let id, _): labels[id, default: []].append(path)
      case nil: continue
      }
    }
    var pieces: [Piece] = []
    for id in Set(audio.keys).union(labels.keys).sorted(by: Self.isBefore) {
      let (sounds, tables) = (audio[id] ?? [], labels[id] ?? [])
      if let second = sounds.dropFirst().first {
        let reason = "recording \(id) is there twice, also as \(sounds[0].path)"
        faults.append(DataFault(file: second.path, reason, "remove one of them"))
      } else if let second = tables.dropFirst().first {
        let reason = "the labels of \(id) are there twice, also as \(tables[0])"
        faults.append(DataFault(file: second, reason, "remove one of them"))
      } else if let sound = sounds.first, let table = tables.first {
        pieces.append(Piece(id: id, isInTestFolder: sound.isTest, audio: sound.path, labels: table))
      } else if let sound = sounds.first {
        let remedy = "add \(sound.isTest ? "test" : "train")_labels/\(id).csv, or remove the audio"
        faults.append(DataFault(file: sound.path, "there are no labels for it", remedy))
      } else if let table = tables.first {
        let remedy = "add the audio (\(id).wav, .flac or .ogg), or remove the labels"
        faults.append(DataFault(file: table, "there is no audio for these labels", remedy))
      }
    }
    self.pieces = pieces
    self.faults = faults
  }

  /// Returns the kind of a path, or nil if it does not belong to the layout.
  static func kind(of path: String) -> Kind? {
    let parts = path.split(separator: "/")
    guard parts.count >= 2, let name = parts.last, !name.hasPrefix("."),
      let dot = name.lastIndex(of: "."), dot > name.startIndex
    else { return nil }
    let id = String(name[..<dot])
    let ending = name[name.index(after: dot)...].lowercased()
    switch parts[parts.count - 2] {
    case "train_data" where audioEndings.contains(ending): return .audio(id: id, isTest: false)
    case "test_data" where audioEndings.contains(ending): return .audio(id: id, isTest: true)
    case "train_labels" where ending == "csv": return .labels(id: id, isTest: false)
    case "test_labels" where ending == "csv": return .labels(id: id, isTest: true)
    default: return nil
    }
  }

  /// Returns true if an ID precedes another: numbers by value, before other names.
  static func isBefore(_ a: String, _ b: String) -> Bool {
    switch (Int(a), Int(b)) {
    case (let x?, let y?): (x, a) < (y, b)
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): a < b
    }
  }
}
