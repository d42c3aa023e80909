import TestSupport
import Testing

@testable import Notebooks

@Suite("Comparing lines")
struct ComparisonTests {
  private func areSame(_ first: String, _ second: String, _ tolerance: Tolerance?) -> Bool {
    let comparer = LineComparer(tolerance: tolerance)
    func divided(_ text: String) -> LineComparer.Divided {
      LineComparer.Divided(ComparableLine(isFailure: false, text: text))
    }
    var (a, b) = (divided(first), divided(second))
    let result = comparer.matches(&a, &b)
    #expect(comparer.matches(&b, &a) == result, "not symmetric")
    return result
  }

  @Test(
    "within tolerance accepts what another machine may print",
    arguments: [
      ("loss 0.4873", "loss 0.4901"), ("99.2 %", "98.7 %"), ("99.2%", "98.7%"),
      ("742,756 parameters", "742,999 parameters"), ("999,999", "1,000,001"), ("999", "1,001"),
      ("1e-3", "0.00101"), ("1.5e-3", "1.49E-03"), ("-0.5", "-0.501"), ("\u{2212}0.5", "-0.501"),
      ("+0.5", "0.5"), (".5", "0.5"), ("a   9.99  b", "a  10.01  b"), ("  9.99", "10.01"),
      ("x\t1", "x 1"), ("NaN", "nan"), ("loss nan", "loss -nan"), ("inf", "Infinity"),
      ("-inf %", "-inf %"), ("0.0000001", "0.0000009"), ("0", "-0.0"), ("12.4ms", "12.5ms"),
      ("64k", "64.5k"), ("[64] 0.97", "[64] 0.98"), ("a=0.97,b=0.5", "a=0.98,b=0.5"),
      ("(0.97)", "(0.98)"), ("16..32", "16..32"), ("loss:0.97", "loss:0.98"),
      ("≈0.97±0.1", "≈0.98±0.1"),
      ("weights 3f9a12c07be4", "weights aaaaaaaaaaaa"), ("weights: 3f9a", "weights: 0123"),
      ("digest=12345678", "digest=abcdef01"), ("Digest  f39a12", "Digest  039a12"),
      ("loss.png 3f9a12c07be4d1", "loss.png 039a12c07be4d1"), ("3f9a12c07be4", "123456789012"),
      ("100000000001", "100000000002"), ("99999999999", "100000000000"), ("1e400", "2e400"),
      ("1e308", "1.01e308"),
      ("abcdefabcdef-3f9a12c07be4", "abcdefabcdee-3f9a12c07be5"),
      ("n-3f9a12c07be4", "n-3f9a12c07be5"),
      ("3x96", "3x96"), ("0.1234567890123", "0.1234567890124"), ("1,234.5", "1,234.6"), ("", "  "),
      ("5.", "5.01."),
      ("24,480,96", "24,481,96"), ("\u{E9}", "\u{E9}"),
    ]
  )
  func same(first: String, second: String) throws {
    #expect(areSame(first, second, .standard))
  }

  @Test(
    "within tolerance still finds what is otherwise",
    arguments: [
      ("loss 0.4873", "loss 0.5873"), ("loss 0.4873", "lass 0.4873"),
      ("loss 0.4873", "loss 0.4873 x"),
      ("99.2 %", "95 %"), ("99.2 %", "99.2%"), ("742,756", "842,756"), ("742,756", "742 756"),
      ("1e-3", "1e-4"),
      ("-0.5", "0.5"), ("nan", "0"), ("0.5", "nan"), ("inf", "-inf"), ("inf", "1e300"),
      ("info", "inf"),
      ("0.001", "0.002"), ("rse24", "rse25"), ("rse-1000", "rse-1001"),
      ("net_100.png", "net_101.png"),
      ("out/n100.txt", "out/n101.txt"), ("1.2.300", "1.2.301"), ("v1.0", "v1.01"), ("0110", "0111"),
      ("0010001", "0010000"), ("64k", "64M"), ("10-20", "10+20"), ("a", "b"), ("", "a"),
      ("1 2", "1"), ("1", "one"),
      ("weights 3f9a12c07be4", "weights none"), ("3f9a12c07be", "3f9a12c07bf"),
      ("wights 3f9a", "wights 3f9b"),
      ("100000000000", "200000000000"), ("[64] 0.97", "[32] 0.97"), ("8,16,32", "8,16,64"),
      ("8,16,32", "8,16,32,64"), ("A", "a"), ("a  b", "ab"), ("\u{E9}", "e\u{301}"),
      ("0x1f", "0x2f"),
    ]
  )
  func different(first: String, second: String) throws {
    #expect(!areSame(first, second, .standard))
  }

  @Test("exactly forgives nothing but blanks at the end of the line")
  func exactly() {
    #expect(areSame("loss 0.5", "loss 0.5", nil))
    #expect(areSame("loss 0.5  ", "loss 0.5", nil))
    for other in ["loss 0.50", "loss  0.5", " loss 0.5", "loss 0.5000001", "Loss 0.5"] {
      #expect(!areSame("loss 0.5", other, nil))
    }
    #expect(!areSame("weights 3f9a12c07be4", "weights 3f9a12c07be5", nil))
    #expect(!areSame("\u{E9}", "e\u{301}", nil))
  }

  @Test(
    "accepts numbers up to the tolerance and no further",
    arguments: [
      (0.02, 100, 98, true), (0.02, 100, 97.9, false), (0.02, -100, -98, true),
      (0.02, 0, 1e-6, true),
      (0.02, 0, 1.1e-6, false), (0, 1, 1, true), (0, 0, 1e-9, false), (0, 1, 1.0000001, false),
      (1, 3, 0, true), (1, 3, -1, false), (0.5, 1e308, -1e308, false),
      (0.5, .leastNonzeroMagnitude, 0, true),
      (10, .infinity, 1, false), (0, .infinity, .infinity, true), (0, .nan, .nan, true),
      (10, .nan, 1, false),
    ] as [(Double, Double, Double, Bool)]
  )
  func tolerances(relative: Double, first: Double, second: Double, same: Bool) throws {
    let tolerance = try Tolerance(relative: relative)
    #expect(tolerance.accepts(first, second) == same)
    #expect(tolerance.accepts(second, first) == same)
  }

  @Test("takes no tolerance that means nothing", arguments: [-0.1, .nan, .infinity])
  func badTolerances(value: Double) {
    #expect(throws: NotebookError.self) { try Tolerance(relative: value) }
  }

  @Test("reads a line as text, numbers and digests")
  func tokens() {
    #expect(
      LineToken.tokens(of: " step 200:  loss=-1.5e-3  742,756 weights 3f9a12c07be4 (99.2%) ") == [
        .text("step "), .number(200, "200"), .text(": loss="), .number(-0.0015, "-1.5e-3"),
        .text(" "),
        .number(742_756, "742,756"), .text(" weights "), .digest(value: nil), .text(" ("),
        .number(99.2, "99.2"), .text("%)"),
      ]
    )
    #expect(LineToken.tokens(of: "") == [])
    #expect(
      LineToken.tokens(of: "1..5 64..4096") == [
        .number(1, "1"), .text(".."), .number(5, "5"), .text(" "), .number(64, "64"), .text(".."),
        .number(4096, "4096"),
      ]
    )
  }

  @Test("says by how much numbers differ")
  func numberDifferences() {
    let exact = LineComparer(tolerance: nil)
    let found = exact.numberDifferences(
      "a 0.4 weights abcdef012345 7",
      "a 0.5 weights abcdef012346 7"
    )
    #expect(found.map(\.description) == ["0.4 became 0.5, 20 % apart"])
    #expect(exact.numberDifferences("a 0.4", "b 0.5").isEmpty)
    #expect(exact.numberDifferences("a 0.4", "a 0.5 0.5").isEmpty)
    #expect(exact.numberDifferences("a nan", "a 1").map(\.description) == ["nan became 1"])
    let tolerant = LineComparer(tolerance: .standard)
    #expect(tolerant.numberDifferences("1.00 2", "1.01 3").map(\.expected) == ["2"])
    #expect(tolerant.numberDifferences("1e308", "-1e308").map(\.relative) == [2])
    #expect(exact.numberDifferences("0", "-0").map(\.relative) == [0])
  }

  @Test("survives random lines, and finds each the same as itself")
  func randomLines() {
    var random = SeededRandom(seed: 11)
    let pieces = [
      "0", "1", "9", "12", ".", ",", "-", "+", "e", "E", " ", "nan", "inf", "f39a12c07be4",
      "weights", "=", ":",
      "/", "\u{2212}", "é", "x", "(", ")", "\t", "_", "123", "000",
    ]
    for _ in 0..<5000 {
      let line = (0..<Int.random(in: 0...14, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      #expect(areSame(line, line, .standard))
      let tokens = LineToken.tokens(of: line)
      #expect(tokens.allSatisfy { $0 != .text("") })
    }
  }
}
