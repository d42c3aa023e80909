import Files
import Foundation

extension FileKind {
  /// Inputs whose lengths and checksums are valid, whatever their size.
  var wellFormed: [LargeInput] {
    switch self {
    case .script, .evaluation: Self.scripts
    case .midi: Self.midiFiles
    case .safetensors: Self.tensorFiles
    case .bundle: Self.tables
    case .npz: [Self.archive]
    case .notes:
      [",", ",,\n", "0,0,1\n"].map { Self.text("onset,offset,pitch\n", $0) } + [Self.text("", ",")]
    case .labels:
      [",", "0,0,1,1,0,0,a\n"].map {
        Self.text("start_time,end_time,instrument,note,start_beat,end_beat,note_value\n", $0)
      }
    case .notebook:
      ["seed 1\n| a\n", "seed 1\n", "#\n", "| a\n"].map { Self.text("rsenb 1\n\n", $0) }
    case .pairs: [Self.text("a\t", "b "), Self.text("a\t", "\u{301}"), Self.text("", "a\tb\n")]
    case .vectors: [Self.text("a", " 1"), Self.text("", "a 1\n")]
    case .passages: [Self.words]
    default: []
    }
  }

  private static var scripts: [LargeInput] {
    let parts = [
      "a\n", "1\n", "$a\n", "x=1 ", "1,", "$a ", "{\n", "for i in 1 {", "\"$a$a\"\n", "a;",
      "if 1 {} else ",
      "help $a\n", "}\n", "\"\n", "let a = 1\n", "1+", "(", "1..2,", "\\\"", "${1", "\"\\\" ",
    ]
    return ["", "train ", "let a = ", "train ) ", "train \"", "help ", "route 1 0 "].flatMap {
      start in
      parts.map { part in
        LargeInput(name: "\((start + part).debugDescription) and on") { size in
          Array(start.utf8) + repeated(Array(part.utf8), size)
        }
      }
    }
  }

  /// Returns a text that repeats its end.
  private static func text(_ start: String, _ part: String) -> LargeInput {
    LargeInput(name: "\((start + part).debugDescription) and on") { size in
      Array(start.utf8) + repeated(Array(part.utf8), size)
    }
  }

  /// Passages of distinct words, as texts.
  private static var words: LargeInput {
    LargeInput(name: "different words") { size in
      var bytes: [UInt8] = [0]
      var count = 0
      while bytes.count < size {
        bytes += "\(count) a\(count)\n".utf8
        count += 1
      }
      return bytes
    }
  }

  // MARK: MIDI

  private static var midiFiles: [LargeInput] {
    let tracks: [(name: String, events: [UInt8])] = [
      ("notes", [0, 0x90, 0x3C, 0x40, 1, 0x80, 0x3C, 0x40]),
      ("running notes", [0, 0x3C, 0x40]),
      ("endless notes", [0, 0x90, 0x3C, 0x40]),
      ("programs", [0, 0xC0, 0]),
      ("tempi", [1, 0xFF, 0x51, 3, 1, 0, 0]),
      ("texts", [0, 0xFF, 1, 0]),
    ]
    let full = tracks.map { name, events in
      LargeInput(name: "a track of \(name)") { size in
        midi(tracks: 1) + track([0, 0x90, 0x3C, 0x40] + repeated(events, size))
      }
    }
    let many: [(name: String, events: [UInt8])] = [
      ("of nothing", []), ("of a note", [0, 0x90, 0x3C, 0x40]),
    ]
    return full
      + many.map { name, events in
        LargeInput(name: "tracks \(name)") { size in
          let track = track(events)
          let count = min(size / track.count, 0xFFFF)
          return midi(tracks: count) + repeated(track, count * track.count)
        }
      }
  }

  private static func midi(tracks: Int) -> [UInt8] {
    Array("MThd".utf8) + [0, 0, 0, 6, 0, 1, UInt8(tracks >> 8), UInt8(tracks & 0xFF), 1, 0xE0]
  }

  private static func track(_ events: [UInt8]) -> [UInt8] {
    Array("MTrk".utf8) + withUnsafeBytes(of: UInt32(events.count).bigEndian) { Array($0) } + events
  }

  // MARK: Arrays

  private static var tensorFiles: [LargeInput] {
    [
      tensorFile("empty arrays", "{", "}") {
        "\"\($0)\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}"
      },
      tensorFile("texts", "{\"__metadata__\":{", "}}") { "\"\($0)\":\"\"" },
      tensorFile("extents", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0],\"shape\":[", "]}}") {
        _ in
        "0"
      },
      tensorFile("lists", "{\"a\":[", "]}") { _ in "[]" },
    ]
  }

  /// Returns a header with numbered members.
  private static func tensorFile(
    _ name: String,
    _ start: String,
    _ end: String,
    member: @escaping @Sendable (Int) -> String
  ) -> LargeInput {
    LargeInput(name: "a header of \(name)") { size in
      var header = start
      var count = 0
      while header.utf8.count < size {
        header += (count == 0 ? "" : ",") + member(count)
        count += 1
      }
      header += end
      return withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        + Array(header.utf8)
    }
  }

  /// Indexes with one block of variables without elements.
  private static var tables: [LargeInput] {
    let variable = TableFile.emptyVariable
    let kinds: [(name: String, entry: @Sendable (Int) -> [UInt8])] = [
      ("variables", { TableFile.entry(0, String(format: "%08x", $0), variable) }),
      ("growing names", { TableFile.entry($0, "a", variable) }),
      (
        "long names",
        {
          let number = String(format: "%08x", $0)
          return $0 == 0
            ? TableFile.entry(0, String(repeating: "a", count: 120) + number, variable)
            : TableFile.entry(120, number, variable)
        }
      ),
    ]
    return kinds.map { name, entry in
      LargeInput(name: "an index of \(name)") { size in
        var block = TableFile.header
        var count = 0
        while block.count < size {
          block += entry(count)
          count += 1
        }
        block += TableFile.restarts
        let place = TableFile.varint(0) + TableFile.varint(block.count)
        let index = TableFile.entry(0, "~", place) + TableFile.restarts
        return TableFile(block: block[...], index: index[...]).bytes
      }
    }
  }

  private static var archive: LargeInput {
    LargeInput(name: "empty arrays") { size in
      let arrays = (0..<size / 320).map { (name: "\($0)", shape: [0], bytes: Data()) }
      var bytes: [UInt8] = []
      try? NumpyArchive.write(arrays) { bytes += $0 }
      return bytes
    }
  }
}

private func repeated(_ part: [UInt8], _ size: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(size + part.count)
  while bytes.count < size { bytes += part }
  return bytes
}
