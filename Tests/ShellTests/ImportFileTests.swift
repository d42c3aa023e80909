import Foundation
import Testing

@Suite("rse import")
struct ImportFileTests {
  @Test(
    "of an export gives a notebook with the same cells, of every notebook that ships",
    arguments: notebooks
  )
  func shipped(_ name: String) throws {
    let place = try ShellPlace()
    try place.write(
      String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8),
      to: "\(name)"
    )
    let stem = (name as NSString).deletingPathExtension
    func run(_ words: [String]) throws {
      let run = try PipedRun(words, in: place)
      #expect(run.ending == .status(0), "\(run.errors)")
    }
    try run(["export", "--ipynb", "\(name)"])
    let first = try place.text(of: "\(stem).ipynb")
    try run(["import", "--outputs", "--force", "\(stem).ipynb"])
    try run(["export", "--ipynb", "\(name)"])
    #expect(try place.text(of: "\(stem).ipynb") == first)
  }

  @Test("replaces nothing without --force, and says what is wrong")
  func errors() throws {
    let place = try ShellPlace()
    try place.write("{\"nbformat\": 3}", to: "old.ipynb")
    let old = try PipedRun(["import", "old.ipynb"], in: place)
    #expect(old.ending == .status(1) && old.errors.contains("jupyter nbconvert --to notebook"))
    try place.write("{\"nbformat\": 4, \"cells\": []}", to: "a.ipynb")
    #expect(try PipedRun(["import", "a.ipynb"], in: place).outputLines == ["a.rsenb"])
    #expect(try place.text(of: "a.rsenb") == "rsenb 1\n")
    let again = try PipedRun(["import", "a.ipynb"], in: place)
    #expect(again.ending == .status(1) && again.errors.contains("--force"))
    #expect(try PipedRun(["import", "a.ipynb", "--force"], in: place).ending == .status(0))
    #expect(try PipedRun(["import", "a.ipynb", "-o", "a.txt"], in: place).ending == .status(2))
    #expect(try PipedRun(["import", "none.ipynb"], in: place).errors.contains("no such file"))
  }
}

private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Notebooks").path

private let notebooks =
  ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
  .filter { $0.hasSuffix(".rsenb") }.sorted()
