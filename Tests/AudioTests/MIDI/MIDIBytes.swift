/// The bytes of MIDI files made by hand.
enum MIDIBytes {
  static func file(format: Int = 1, division: Int = 100, tracks: [[UInt8]]) -> [UInt8] {
    header(format: format, count: tracks.count, division: division) + tracks.flatMap { chunk($0) }
  }

  static func header(format: Int, count: Int, division: Int) -> [UInt8] {
    let numbers = [format, count, division].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    return Array("MThd".utf8) + [0, 0, 0, 6] + numbers
  }

  static func chunk(_ content: [UInt8], length: Int? = nil, name: String = "MTrk") -> [UInt8] {
    let length = length ?? content.count
    return Array(name.utf8) + [24, 16, 8, 0].map { UInt8(length >> $0 & 0xFF) } + content
  }

  static let end: [UInt8] = [0, 0xFF, 0x2F, 0]
}
