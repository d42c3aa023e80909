import COgg

/// The streams of a chained Ogg file (RFC 3533), and the stretches of each between lost or damaged pages. libogg finds the
/// pages.
struct OggParts {
  /// The description of a page.
  private struct Page {
    let place: Int
    let size: Int
    let serial: Int32
    let number: Int
    /// The position at the page's end; negative if no packet ends in it.
    let position: Int
    let begins: Bool
    /// True if the bytes before it do not belong to a page.
    let isBehindDamage: Bool

    var end: Int { place + size }
  }

  /// The offset of a first page's only packet.
  private static let firstPacket = 28
  /// The largest number of header bytes that are kept.
  private static let mostHeader = 1 << 24

  private var parts: [SoundPart] = []
  /// The byte offsets of the stream's beginning and of its header's end, and the header's bytes once they are needed.
  private var start = 0
  private var headerEnd = 0
  private var header: [UInt8]?
  /// True if the header has ended, and if several streams are multiplexed.
  private var isSound = false
  private var isMultiplexed = false
  /// True if the stream is FLAC, which is left to a decoder that skips damage by itself.
  private var isFLAC = false
  /// The pre-skip of Opus: the positions by which it leads its sound at the beginning; 0 after damage.
  private var lead = 0
  private var serial: Int32 = 0
  private var lastNumber = 0
  private var lastPosition = 0
  /// The byte offsets of the stretch's beginning and end, and the position at which the stretch before it ended.
  private var stretchStart = 0
  private var stretchEnd = 0
  private var positionBefore: Int?
  private var damage: [Int] = []

  /// Returns the chain that begins at a place; nil for anything else.
  static func found(_ bytes: inout FileBytes, at place: Int) -> FoundSound? {
    guard bytes.holds("OggS", at: place) else { return nil }
    var pages = OggPages(from: place)
    guard let first = pages.first(&bytes), first.begins else { return nil }
    var chain = OggParts(first, &bytes)
    while let page = pages.next(&bytes) { chain.add(page, &bytes) }
    chain.endStream(&bytes)
    guard pages.endsInPage(&bytes) else {
      return FoundSound(parts: chain.parts, end: chain.stretchEnd)
    }
    chain.parts[chain.parts.count - 1].isCut = true
    return FoundSound(parts: chain.parts, end: bytes.count)
  }

  private init(_ first: Page, _ bytes: inout FileBytes) {
    begin(first, &bytes)
  }

  private mutating func begin(_ page: Page, _ bytes: inout FileBytes) {
    (start, headerEnd, stretchStart, stretchEnd) = (page.place, page.end, page.place, page.end)
    (serial, lastNumber, lastPosition) = (page.serial, page.number, 0)
    (header, positionBefore, isSound, isMultiplexed, damage) = (nil, nil, false, false, [])
    let packet = page.place + Self.firstPacket
    isFLAC = bytes.holds("\u{7F}FLAC", at: packet)
    let isOpus = bytes.holds("OpusHead", at: packet)
    lead = isOpus ? bytes.littleEndian(at: packet + 10).map { $0 & 0xFFFF } ?? 0 : 0
  }

  private mutating func add(_ page: Page, _ bytes: inout FileBytes) {
    if page.begins {
      if isSound || headerEnd < stretchEnd {
        endStream(&bytes)
        begin(page, &bytes)
      } else {
        isMultiplexed = true
        (stretchEnd, headerEnd) = (page.end, page.end)
      }
      return
    }
    if !isSound, page.position > 0 { isSound = true } else if !isSound { headerEnd = page.end }
    if isMultiplexed || page.serial != serial {
      stretchEnd = page.end
      return
    }
    if isSound, page.isBehindDamage || page.number != lastNumber + 1 {
      if isFLAC {
        damage.append(lastPosition)
      } else {
        endStretch(&bytes)
        (stretchStart, positionBefore) = (page.place, lastPosition + lead)
        lead = 0
      }
    }
    if page.position >= 0 { lastPosition = page.position }
    (lastNumber, stretchEnd) = (page.number, page.end)
  }

  private mutating func endStretch(_ bytes: inout FileBytes) {
    var part = SoundPart(bytes: stretchStart..<stretchEnd, form: .ogg)
    if let positionBefore {
      part.prefix = headerBytes(&bytes)
      part.gap = .positions(positionBefore, lastPosition)
    }
    parts.append(part)
  }

  private mutating func endStream(_ bytes: inout FileBytes) {
    endStretch(&bytes)
    parts[parts.count - 1].damage = damage
  }

  private mutating func headerBytes(_ bytes: inout FileBytes) -> [UInt8] {
    if let header { return header }
    var made: [UInt8] = []
    while start + made.count < min(headerEnd, start + Self.mostHeader) {
      let count = min(FileBytes.mostBytes, headerEnd - start - made.count)
      let block = bytes.bytes(at: start + made.count, count: count)
      if block.isEmpty { break }
      made += block
    }
    header = made
    return made
  }

  /// The pages of a file from a place on; other bytes and damaged pages are skipped.
  private struct OggPages {
    /// The byte offsets up to which libogg has returned bytes and up to which it was fed.
    private var place: Int
    private var fed: Int
    private let sync: Sync
    private var isBehindDamage = false

    /// The state of libogg.
    private final class Sync {
      var state = ogg_sync_state()

      init() { ogg_sync_init(&state) }
      deinit { ogg_sync_clear(&state) }
    }

    init(from start: Int) {
      (place, fed, sync) = (start, start, Sync())
    }

    /// Returns the page that begins at the place; nil if there is none or it is damaged.
    mutating func first(_ bytes: inout FileBytes) -> Page? {
      next(&bytes, passesOver: false)
    }

    /// Returns the next page; nil if there is none.
    mutating func next(_ bytes: inout FileBytes, passesOver: Bool = true) -> Page? {
      while true {
        var page = ogg_page()
        let count = Int(ogg_sync_pageseek(&sync.state, &page))
        if count == 0 {
          guard feed(&bytes) else { return nil }
        } else if count < 0 {
          guard passesOver else { return nil }
          place -= count
          isBehindDamage = true
        } else {
          defer {
            place += count
            isBehindDamage = false
          }
          return Page(
            place: place,
            size: count,
            serial: ogg_page_serialno(&page),
            number: Int(ogg_page_pageno(&page)),
            position: ogg_page_granulepos(&page) < 1 << 60 ? Int(ogg_page_granulepos(&page)) : -1,
            begins: ogg_page_bos(&page) != 0,
            isBehindDamage: isBehindDamage
          )
        }
      }
    }

    /// Returns true if the rest begins with a page.
    func endsInPage(_ bytes: inout FileBytes) -> Bool { bytes.holds("OggS", at: place) }

    private mutating func feed(_ bytes: inout FileBytes) -> Bool {
      let block = bytes.bytes(at: fed, count: FileBytes.mostBytes)
      guard !block.isEmpty, let buffer = ogg_sync_buffer(&sync.state, block.count) else {
        return false
      }
      block.withUnsafeBytes { block in
        guard let base = block.baseAddress else { return }
        UnsafeMutableRawPointer(buffer).copyMemory(from: base, byteCount: block.count)
      }
      ogg_sync_wrote(&sync.state, block.count)
      fed += block.count
      return true
    }
  }
}
