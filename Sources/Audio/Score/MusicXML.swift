/// A piano score as MusicXML 4.0: two staves, bars, ties across bar lines, rests and chords, up to two voices per staff, key,
/// meters and tempo.
package struct MusicXML {
  /// A staff with its notes.
  private struct Staff {
    let number: Int
    let voices: [Voice]
  }

  private let score: QuantisedScore
  private let title: String
  private let software: String
  private let key: KeySignature
  private let staves: [Staff]

  /// - Parameters:
  ///   - title: the title above the score.
  ///   - software: the name of the software in the file.
  package init(_ score: QuantisedScore, title: String, software: String) {
    self.score = score
    self.title = title
    self.software = software
    key = KeySignature(of: score.notes)
    let hands = Hands(score.notes)
    let beat = Int(Double(score.grid.stepsPerQuarter) * score.meter.quarters)
    let eighth = max(1, score.grid.stepsPerQuarter / 2)
    staves = [hands.right, hands.left].enumerated().map { index, notes in
      Staff(number: index + 1, voices: Voice.voices(of: notes, beat: beat, eighth: eighth))
    }
  }

  /// The text of the document.
  package var text: String {
    var xml = XMLText(
      prolog: """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" \
        "http://www.musicxml.org/dtds/partwise.dtd">

        """
    )
    xml.element("score-partwise", "version=\"4.0\"") { xml in
      xml.element("work") { $0.leaf("work-title", title) }
      xml.element("identification") { xml in
        xml.element("encoding") { $0.leaf("software", software) }
      }
      xml.element("part-list") { xml in
        xml.element("score-part", "id=\"P1\"") { xml in
          xml.leaf("part-name", "Piano")
          xml.element("score-instrument", "id=\"P1-I1\"") { $0.leaf("instrument-name", "Piano") }
          xml.element("midi-instrument", "id=\"P1-I1\"") { xml in
            xml.leaf("midi-channel", 1)
            xml.leaf("midi-program", 1)
          }
        }
      }
      xml.element("part", "id=\"P1\"") { xml in
        for index in score.bars.indices { write(bar: index, to: &xml) }
      }
    }
    return xml.text
  }

  private func write(bar index: Int, to xml: inout XMLText) {
    let bar = score.bars[index]
    let isPickup = score.hasPickup && index == 0
    // Numbered as musicians do: the first whole bar is bar 1.
    let number = index + (score.hasPickup ? 0 : 1)
    xml.element("measure", "number=\"\(number)\"" + (isPickup ? " implicit=\"yes\"" : "")) { xml in
      let meter = isPickup ? score.meter : bar.meter
      let before =
        index == 0 ? nil : index == 1 && score.hasPickup ? score.meter : score.bars[index - 1].meter
      if meter != before { writeAttributes(meter, isFirst: index == 0, to: &xml) }
      if index == 0 { writeTempo(to: &xml) }
      var isFirst = true
      for staff in staves {
        for (index, voice) in staff.voices.enumerated() {
          let pieces = voice.pieces(in: bar)
          // The second voice is empty in most bars.
          guard index == 0 || pieces.contains(where: { !$0.pitches.isEmpty }) else { continue }
          if !isFirst { xml.element("backup") { $0.leaf("duration", bar.end - bar.start) } }
          isFirst = false
          write(pieces, of: bar, isPickup, staff: staff.number, voice: index + 1, to: &xml)
        }
      }
    }
  }

  private func writeAttributes(_ meter: Meter, isFirst: Bool, to xml: inout XMLText) {
    xml.element("attributes") { xml in
      if isFirst {
        xml.leaf("divisions", score.grid.stepsPerQuarter)
        xml.element("key") { xml in
          xml.leaf("fifths", key.fifths)
          xml.leaf("mode", key.isMinor ? "minor" : "major")
        }
      }
      xml.element("time") { xml in
        xml.leaf("beats", meter.numerator)
        xml.leaf("beat-type", meter.denominator)
      }
      guard isFirst else { return }
      xml.leaf("staves", staves.count)
      for (number, (sign, line)) in [("G", 2), ("F", 4)].enumerated() {
        xml.element("clef", "number=\"\(number + 1)\"") { xml in
          xml.leaf("sign", sign)
          xml.leaf("line", line)
        }
      }
    }
  }

  private func writeTempo(to xml: inout XMLText) {
    let beats = Int((Double(score.tempo) / score.meter.quarters).rounded())
    xml.element("direction", "placement=\"above\"") { xml in
      xml.element("direction-type") { xml in
        xml.element("metronome") { xml in
          xml.leaf("beat-unit", "quarter")
          if score.meter.isCompound { xml.leaf("beat-unit-dot") }
          xml.leaf("per-minute", beats)
        }
      }
      xml.leaf("sound", nil, "tempo=\"\(score.tempo)\"")
    }
  }

  private func write(
    _ pieces: [Voice.Piece],
    of bar: QuantisedScore.Bar,
    _ isPickup: Bool,
    staff: Int,
    voice: Int,
    to xml: inout XMLText
  ) {
    let number = 4 * (staff - 1) + voice
    if voice == 1, pieces.count == 1, pieces[0].pitches.isEmpty {
      xml.element("note") { xml in
        xml.leaf("rest", nil, "measure=\"yes\"")
        xml.leaf("duration", bar.end - bar.start)
        xml.leaf("voice", number)
        xml.leaf("staff", staff)
      }
      return
    }
    let quarter = score.grid.stepsPerQuarter
    let beat = Int(Double(quarter) * score.meter.quarters)
    let shift = isPickup ? score.meter.beats * beat - (bar.end - bar.start) : 0
    var tuplet = 0
    for piece in pieces {
      if voice > 1, piece.pitches.isEmpty {
        xml.element("forward") { xml in
          xml.leaf("duration", piece.end - piece.start)
          xml.leaf("voice", number)
          xml.leaf("staff", staff)
        }
        continue
      }
      let values = NoteValue.values(
        from: piece.start - bar.start + shift,
        length: piece.end - piece.start,
        score.grid,
        isCompound: score.meter.isCompound
      )
      for (index, value) in values.enumerated() {
        var sign = MusicXMLNote(value: value, staff: staff, voice: number)
        sign.isTiedBefore = piece.isContinued || index > 0
        sign.isTiedAfter = piece.goesOn || index + 1 < values.count
        if value.isTriplet {
          sign.beginsTuplet = tuplet == 0
          tuplet = (tuplet + value.length) % 3
          sign.endsTuplet = tuplet == 0
        }
        sign.write(piece.pitches.map(key.spelling), to: &xml)
      }
    }
  }
}
