/// A chord or rest of one note value, as written in MusicXML.
struct MusicXMLNote {
  let value: NoteValue
  let staff: Int
  let voice: Int
  var isTiedBefore = false
  var isTiedAfter = false
  var beginsTuplet = false
  var endsTuplet = false

  /// Writes a note for each pitch, or a rest.
  func write(_ pitches: [KeySignature.Spelling], to xml: inout XMLText) {
    if pitches.isEmpty { write(nil, isFirst: true, to: &xml) }
    for (index, pitch) in pitches.enumerated() { write(pitch, isFirst: index == 0, to: &xml) }
  }

  private func write(_ pitch: KeySignature.Spelling?, isFirst: Bool, to xml: inout XMLText) {
    let ties = pitch == nil ? [] : (isTiedBefore ? ["stop"] : []) + (isTiedAfter ? ["start"] : [])
    let tuplets =
      isFirst ? (beginsTuplet ? ["start"] : []) + (endsTuplet ? ["stop"] : []) : []
    xml.element("note") { xml in
      if !isFirst { xml.leaf("chord") }
      if let pitch {
        xml.element("pitch") { xml in
          xml.leaf("step", pitch.letter)
          if pitch.alteration != 0 { xml.leaf("alter", pitch.alteration) }
          xml.leaf("octave", pitch.octave)
        }
      } else {
        xml.leaf("rest")
      }
      xml.leaf("duration", value.length)
      for tie in ties { xml.leaf("tie", nil, "type=\"\(tie)\"") }
      xml.leaf("voice", voice)
      xml.leaf("type", value.type)
      if value.isDotted { xml.leaf("dot") }
      if value.isTriplet {
        xml.element("time-modification") { xml in
          xml.leaf("actual-notes", 3)
          xml.leaf("normal-notes", 2)
        }
      }
      xml.leaf("staff", staff)
      if !ties.isEmpty || !tuplets.isEmpty {
        xml.element("notations") { xml in
          for tie in ties { xml.leaf("tied", nil, "type=\"\(tie)\"") }
          for tuplet in tuplets { xml.leaf("tuplet", nil, "type=\"\(tuplet)\"") }
        }
      }
    }
  }
}
