import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("A site of notebooks")
struct SiteTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func notebook(_ name: String, _ text: String) throws -> Notebook {
    try Notebook(parsing: "rsenb 1\n\n" + text, file: folder(name))
  }

  private func site(_ notebooks: Notebook...) throws -> [String: String] {
    let site = try SiteExport(
      notebooks,
      in: "site",
      groupedBy: ToyEvaluator(),
      options: ExportOptions()
    )
    return Dictionary(
      uniqueKeysWithValues: site.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    )
  }

  private func links(_ page: String?) throws -> [String] {
    try CheckedPage(try #require(page)).elements.compactMap { $0.attributes["href"] }
  }

  @Test("has links from page to page, and a list of all with their first words")
  func links() throws {
    let site = try site(
      try notebook(
        "a.rsenb",
        "# # A & b\n#\n# First *words*.\n#\n# [x](deep/b%20c.rsenb#part) [y](http://z.y/)\n"
      ),
      try notebook("deep/b c.rsenb", "# [up](../a.rsenb) [none](none.rsenb) [own](b%20c.rsenb)\n")
    )
    #expect(site.keys.sorted() == ["site/a.html", "site/deep/b c.html", "site/index.html"])
    #expect(
      try links(site["site/a.html"]) == ["index.html", "deep/b%20c.html#part", "http://z.y/"]
    )
    #expect(
      try links(site["site/deep/b c.html"])
        == ["../index.html", "../a.html", "../deep/b%20c.html"]
    )
    #expect(try links(site["site/index.html"]) == ["a.html", "deep/b%20c.html"])
    let list = try CheckedPage(try #require(site["site/index.html"]))
    #expect(list.texts(of: "a") == ["A & b", "b c"])
    #expect(list.texts(of: "p").first == "First words.")
    #expect(site["site/deep/b c.html"]?.contains("none") == true)
  }

  @Test("never has two notebooks in one page")
  func names() throws {
    #expect(throws: SiteError.self) { try site(try notebook("index.rsenb", "# x\n")) }
    let twice = try notebook("a.rsenb", "# x\n")
    #expect(throws: SiteError.self) { try site(twice, twice) }
  }

  @Test("is written whole, with the folders that it needs")
  func writing() throws {
    let site = try SiteExport(
      [try notebook("x/a.rsenb", "# x\n"), try notebook("b.rsenb", "say a\n")],
      in: folder("out/site"),
      groupedBy: ToyEvaluator(),
      options: ExportOptions()
    )
    try site.write()
    #expect(try folder.text(of: "out/site/x/a.html").hasPrefix("<!DOCTYPE html>"))
    #expect(try folder.text(of: "out/site/index.html").contains("x/a.html"))
  }
}

@Suite("Tables in output")
struct OutputTableTests {
  private func shape(_ text: String) -> [String] {
    OutputPart.parts(of: text.split(separator: "\n").map(String.init)).map { part in
      switch part {
      case .lines(let lines): "\(lines.count) lines"
      case .table(let table): "\(table.rows.count) x \(table.isRight.count)"
      }
    }
  }

  @Test("keep every digit as it stands, and the side to which their columns are set")
  func cells() throws {
    let lines = """
      model        parameters  steps    loss       8
      rse              83,748    400  0.4725  0.7930
      transformer      85,732     40  0.5024  0.6497
      """
    guard case .table(let table)? = OutputPart.parts(of: lines.components(separatedBy: "\n")).first
    else {
      Issue.record("no table")
      return
    }
    #expect(
      table.rows == [
        ["model", "parameters", "steps", "loss", "8"],
        ["rse", "83,748", "400", "0.4725", "0.7930"],
        ["transformer", "85,732", "40", "0.5024", "0.6497"],
      ]
    )
    #expect(table.isRight == [false, true, true, true, true])
  }

  @Test("end where the columns do, and may miss cells")
  func ends() {
    let scores = """
      101 notes played
                           precision  recall      F1  overlap
      onsets within 50 ms     0.9528  1.0000  0.9758   0.9446
      frames of 10 ms         0.9559  0.9578  0.9568
      frames, any octave      0.9570  0.9589  0.9579
                          accuracy  errors
      frames                0.9172  0.0730
      frames, any octave    0.9192  0.0719
      done
      """
    #expect(shape(scores) == ["1 lines", "4 x 5", "3 x 3", "1 lines"])
  }

  @Test("are no lines of words, of trainings or of drawings")
  func others() {
    let training = """
      step 1200  loss 0.2501  accuracy 0.6076  best
      step 1600  loss 0.2386  accuracy 0.6395  best
      step 2000  loss 0.2301  accuracy 0.6400  best
      """
    #expect(shape(training) == ["3 lines"])
    let wires = """
       column 1      column 2
      0 ─┬──┬─ 0    0 ─┬╲╱┬─ 2
      1 ─┴──┴─ 1    2 ─┴╱╲┴─ 0
      2 ─┬──┬─ 2    1 ─┬──┬─ 1
      """
    #expect(shape(wires) == ["4 lines"])
    #expect(shape("a  b\nc  d") == ["2 lines"])
    #expect(shape("one  two\nthree  four\nfive  six") == ["3 lines"])
    #expect(OutputPart.parts(of: []).isEmpty)
  }

  @Test("hold, with the lines between them, all words of any output in their order")
  func words() {
    var random = SeededRandom(seed: 4)
    let words = ["a", "12", "0.5", "name of it", "", " ", "  ", "   ", "é", "─", "-3", "x  y"]
    for _ in 0..<2000 {
      let lines = (0..<Int.random(in: 0...7, using: &random)).map { _ in
        (0..<Int.random(in: 0...5, using: &random))
          .map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: "  ")
      }
      let shown = OutputPart.parts(of: lines).flatMap { part -> [String] in
        switch part {
        case .lines(let lines): Array(lines)
        case .table(let table): table.rows.map { $0.joined(separator: " ") }
        }
      }
      func split(_ lines: [String]) -> [Substring] {
        lines.flatMap { $0.split(separator: " ") }
      }
      #expect(split(shown) == split(lines), "\(lines)")
    }
  }
}
