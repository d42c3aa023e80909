/// At most 256 colours that represent those of a picture.
///
/// P. Heckbert, "Color Image Quantization for Frame Buffer Display", SIGGRAPH 1982: boxes of colours are cut at their
/// median. The most frequent colour of a box represents it, so that backgrounds and areas retain theirs.
struct ColorTable {
  /// The colours, all opaque.
  let colors: [Color]
  /// The index in the table for each colour of the picture.
  private let places: [UInt32: UInt8]

  private static let limit = 256

  /// Creates the table of a picture with three bytes per pixel.
  init(rgb: [UInt8]) {
    var counts: [UInt32: Int] = [:]
    Self.forEachColor(in: rgb) { counts[$0, default: 0] += 1 }
    // Sorted, so that the file does not depend on the order of a dictionary.
    var boxes = [Box(counts.sorted { $0.key < $1.key }.map { (color: $0.key, count: $0.value) })]
    while boxes.count < Self.limit {
      let widest = boxes.indices.max { boxes[$0].weight < boxes[$1].weight }
      guard let widest, boxes[widest].members.count > 1 else { break }
      let halves = boxes[widest].halves
      boxes[widest] = halves.0
      boxes.append(halves.1)
    }
    var places: [UInt32: UInt8] = [:]
    for (place, box) in boxes.enumerated() {
      for member in box.members { places[member.color] = UInt8(place) }
    }
    self.places = places
    colors = boxes.map { Color($0.representative) }
  }

  /// The number of bits of an index, 1 to 8.
  var bits: Int { (1...8).first { 1 << $0 >= colors.count } ?? 8 }

  /// Returns the colour index of each pixel of the picture.
  func indices(ofRGB rgb: [UInt8]) -> [UInt8] {
    var indices: [UInt8] = []
    indices.reserveCapacity(rgb.count / 3)
    Self.forEachColor(in: rgb) { indices.append(places[$0] ?? 0) }
    return indices
  }

  private static func forEachColor(in rgb: [UInt8], _ body: (UInt32) -> Void) {
    for start in stride(from: 0, to: rgb.count, by: 3) {
      body(UInt32(rgb[start]) << 16 | UInt32(rgb[start + 1]) << 8 | UInt32(rgb[start + 2]))
    }
  }

  /// A set of neighbouring colours.
  private struct Box {
    let members: [(color: UInt32, count: Int)]
    /// The shift of the channel in which the colours differ most.
    private let shift: UInt32
    /// The range of that channel, times the square root of the number of pixels; 0 for a single colour.
    let weight: Int

    init(_ members: [(color: UInt32, count: Int)]) {
      self.members = members
      var (shift, span) = (UInt32(0), 0)
      for channel: UInt32 in [16, 8, 0] {
        let values = members.map { Int($0.color >> channel & 255) }
        let reach = (values.max() ?? 0) - (values.min() ?? 0)
        if reach > span { (shift, span) = (channel, reach) }
      }
      self.shift = shift
      // The root prevents a few pixels of distant colours from being lost among many of similar ones.
      let pixels = members.reduce(0) { $0 + $1.count }
      weight = span * Int(Double(pixels).squareRoot().rounded(.up))
    }

    /// The colours below and above the median of the widest channel.
    var halves: (Box, Box) {
      let shift = shift
      let sorted = members.sorted { first, second in
        let (one, other) = (first.color >> shift & 255, second.color >> shift & 255)
        return one == other ? first.color < second.color : one < other
      }
      let half = sorted.reduce(0) { $0 + $1.count } / 2
      var (cut, sum) = (0, 0)
      while cut < sorted.count - 1, sum <= half || cut == 0 {
        sum += sorted[cut].count
        cut += 1
      }
      return (Box(Array(sorted[..<cut])), Box(Array(sorted[cut...])))
    }

    /// The most frequent colour.
    var representative: UInt32 {
      members.max { ($0.count, $1.color) < ($1.count, $0.color) }?.color ?? 0
    }
  }
}
