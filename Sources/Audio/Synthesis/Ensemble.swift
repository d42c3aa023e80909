import Tensors

/// A voice or hand of a piece, with its instrument and register.
struct Part: Sendable {
  let program: Int
  /// The middle of the register.
  let centre: Int
  /// The distance from the middle to the limits of the register, in semitones.
  let spread: Int
  /// The textures and their weights.
  let textures: [(value: Texture, weight: Double)]

  /// The range of pitches that the part may use.
  var range: ClosedRange<Int> {
    let whole = Timbre.of(program: program).range
    let lower = max(whole.lowerBound, centre - spread)
    return lower...max(lower, min(whole.upperBound, centre + spread))
  }

  static let leadTextures: [(value: Texture, weight: Double)] = [
    (.melody, 5), (.run, 2), (.arpeggio, 1), (.held, 1.5), (.repeated, 0.8), (.trill, 0.3),
    (.rest, 1), (.scattered, 0.3),
  ]
  static let bassTextures: [(value: Texture, weight: Double)] = [
    (.held, 4), (.melody, 3), (.repeated, 1.5), (.arpeggio, 1.5), (.run, 0.5), (.rest, 1.2),
  ]
  static let rightTextures: [(value: Texture, weight: Double)] = [
    (.melody, 4), (.chords, 4.5), (.run, 2), (.arpeggio, 2), (.octaves, 0.8), (.repeated, 0.6),
    (.trill, 0.3), (.rest, 0.6), (.scattered, 0.6),
  ]
  static let leftTextures: [(value: Texture, weight: Double)] = [
    (.chords, 4.5), (.arpeggio, 3.5), (.held, 2), (.melody, 1.5), (.octaves, 1), (.repeated, 0.8),
    (.run, 0.8), (.rest, 0.8), (.scattered, 0.4),
  ]
}

/// The choice of parts that play together, with shares like those in collections of chamber music.
enum Ensemble {
  static func random(using random: inout RandomStream) -> [Part] {
    random.choice([
      (soloPiano, 60.0), (strings, 12), (soloString, 7), (stringAndPiano, 8), (winds, 5),
      (windAndPiano, 4), (harpsichord, 2), (mixed, 4),
    ])(&random)
  }

  private static func soloPiano(using random: inout RandomStream) -> [Part] {
    piano(program: 0, using: &random)
  }

  private static func piano(program: Int, using random: inout RandomStream) -> [Part] {
    [
      part(program, near: 69, 20, Part.rightTextures, using: &random),
      part(program, near: 51, 17, Part.leftTextures, using: &random),
    ]
  }

  private static func strings(using random: inout RandomStream) -> [Part] {
    var parts = [
      part(40, near: 76, 14, Part.leadTextures, using: &random),
      part(40, near: 69, 12, Part.leadTextures, using: &random),
      part(41, near: 61, 11, Part.leadTextures, using: &random),
      part(42, near: 50, 12, Part.bassTextures, using: &random),
    ]
    if random.happens(0.3) { parts.remove(at: random.index(below: 3)) }
    if random.happens(0.1) {
      parts.append(part(43, near: 40, 9, Part.bassTextures, using: &random))
    }
    return parts
  }

  private static func soloString(using random: inout RandomStream) -> [Part] {
    let (program, centre) = random.choice([((40, 71), 1.0), ((42, 52), 1), ((41, 62), 0.3)])
    // Double stops: the second part rests more.
    var textures = Part.bassTextures
    textures.append((.rest, 8))
    return [
      part(program, near: centre, 14, Part.leadTextures, using: &random),
      part(program, near: centre - 5, 9, textures, using: &random),
    ]
  }

  private static func stringAndPiano(using random: inout RandomStream) -> [Part] {
    let (program, centre) = random.choice([((40, 74), 2.0), ((42, 56), 1), ((41, 64), 0.4)])
    return [part(program, near: centre, 13, Part.leadTextures, using: &random)]
      + piano(program: 0, using: &random)
  }

  private static func winds(using random: inout RandomStream) -> [Part] {
    var parts = [
      part(73, near: 79, 12, Part.leadTextures, using: &random),
      part(68, near: 74, 10, Part.leadTextures, using: &random),
      part(71, near: 67, 13, Part.leadTextures, using: &random),
      part(60, near: 57, 10, Part.bassTextures, using: &random),
      part(70, near: 48, 11, Part.bassTextures, using: &random),
    ]
    while parts.count > 1, random.happens(0.4) {
      parts.remove(at: random.index(below: parts.count))
    }
    return parts
  }

  private static func windAndPiano(using random: inout RandomStream) -> [Part] {
    let (program, centre) = random.choice([
      ((71, 68), 2.0), ((60, 58), 1), ((73, 79), 1), ((68, 74), 0.7), ((70, 52), 0.4),
    ])
    return [part(program, near: centre, 12, Part.leadTextures, using: &random)]
      + piano(program: 0, using: &random)
  }

  private static func harpsichord(using random: inout RandomStream) -> [Part] {
    piano(program: 6, using: &random)
  }

  private static func mixed(using random: inout RandomStream) -> [Part] {
    (0...(1 + random.index(below: 3))).map { _ in
      let program = random.choice([
        (0, 2.0), (19, 1), (24, 1), (40, 1), (42, 1), (46, 0.7), (56, 0.7), (60, 1), (68, 1),
        (71, 1), (73, 1),
      ])
      let range = Timbre.of(program: program).range
      let centre = (range.lowerBound + range.upperBound) / 2
      return part(program, near: centre, 16, Part.leadTextures, using: &random)
    }
  }

  private static func part(
    _ program: Int,
    near centre: Int,
    _ spread: Int,
    _ textures: [(value: Texture, weight: Double)],
    using random: inout RandomStream
  ) -> Part {
    let centre = centre + Int((4 * random.truncatedNormal()).rounded())
    let spread = random.happens(0.15) ? 2 * spread : spread
    return Part(program: program, centre: centre, spread: spread, textures: textures)
  }
}
