/// The beats from the beginning of a recording to the first beat of its music.
struct LeadIn {
  /// The times in seconds, the first of which is 0. The last one is the first beat of the music; 0 stands for that beat if it
  /// comes too early for a beat before it.
  let beats: [Double]
  /// The number of beats before the first beat of the music.
  var added: Int { beats.count - 1 }
  /// The bars before the first one of the music: their first beats and their meters.
  let bars: [(beat: Int, meter: Meter)]

  /// The largest ratio between the tempo of the music and that of whole bars of silence.
  private static let mostStretch = 1.5

  init(_ grid: BeatGrid) {
    let (silence, pickup, meter) = (grid.beats[0], grid.bars[0], grid.meter)
    // The length of the silence in beats of the music.
    let room = silence / (grid.beats[1] - silence)
    // The number of whole bars in silence and pickup together.
    let whole = max(1, Int(((room + Double(pickup)) / Double(meter.beats)).rounded()))
    let needed = Double(whole * meter.beats - pickup)
    let fits =
      needed > 0 && room <= needed * Self.mostStretch && room * Self.mostStretch >= needed
    let count = Int(fits ? needed : room.rounded())
    beats = count == 0 ? [0] : (0...count).map { silence * Double($0) / Double(count) }
    let (end, short) = (count + pickup, (count + pickup) % meter.beats)
    let cut = [(beat: 0, meter: Meter(beats: short, isCompound: meter.isCompound))]
    bars = (short > 0 ? cut : []) + (end > short ? [(beat: short, meter: meter)] : [])
  }
}
