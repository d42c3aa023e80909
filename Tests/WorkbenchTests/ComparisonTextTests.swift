import CommandLanguage
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Byte counts and tables")
struct ComparisonTextTests {
  @Test(
    "numbers of bytes have a unit",
    arguments: [
      ("8GB", 8e9), ("512 MiB", 536_870_912), ("1.5kB", 1500), ("7B", 7), ("2TiB", 0x1p41),
      ("8", nil), ("GB", nil), ("-1GB", nil), ("0GB", nil), ("nanGB", nil), ("infGB", nil),
      ("8 bytes", nil), ("", nil),
    ] as [(String, Double?)]
  )
  func bytes(text: String, expected: Double?) {
    #expect(ByteCount.bytes(in: text) == expected)
  }

  @Test(
    "bytes are written with one digit after the point, below a hundred of a unit",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1234, "1.2 kB"), (123_456, "123 kB"), (999_950, "1.0 MB"),
      (8e9, "8.0 GB"), (3e13, "30.0 TB"),
    ] as [(Double, String)]
  )
  func text(bytes: Double, expected: String) {
    #expect(ByteCount.text(bytes) == expected)
  }

  @Test("a table that is too wide is parted, each part with the first column")
  func parted() {
    let table = TextTable(
      rows: [["model", "loss", "8", "16"], ["rse", "0.25", "0.5000", "0.25"]],
      numbers: [1, 2, 3]
    )
    #expect(table.lines(width: 80) == ["model  loss       8    16", "rse    0.25  0.5000  0.25"])
    #expect(
      table.lines(width: 14) == [
        "model  loss", "rse    0.25", "model       8", "rse    0.5000", "model    16",
        "rse    0.25",
      ]
    )
    #expect(table.lines(width: 1).count == 6)
  }
}
