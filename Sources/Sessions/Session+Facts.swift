import CommandLanguage
import Files
import Foundation

extension Session {
  /// The facts in a notebook's header besides the environment: program, threads, seeds, parameters, and a digest of
  /// each file that was read but not written by the session itself.
  package var facts: [(key: String, value: String)] {
    let seeds = self.seeds.isEmpty ? [Self.initialSeed] : self.seeds
    let parameters = evaluator.parameterNames.compactMap { name in
      evaluator.variables[name]?.literal.map { "\(name)=\($0)" }
    }
    return ProgramEnvironment.facts + [
      ("seed", Self.listing(seeds.map(String.init))), ("parameters", Self.listing(parameters)),
    ]
      + (filesRead.isEmpty
        ? [("read", "")] : filesRead.map { ("read", "\($0.path) \($0.digest.short)") })
  }

  /// The keys of the facts.
  package static let factKeys = ["program", "threads", "seed", "parameters", "read"]

  /// A file that was read, with the digest of its content.
  package struct FileRead: Codable {
    package let path: String
    package let digest: Digest
  }

  /// Notes a file that was read, unless the session has written it.
  package func noteReading(_ path: String, _ bytes: Data) {
    noteReading(path, digest: bytes.withUnsafeBytes { Digest(of: $0) })
  }

  /// Notes a file that results depend on, with the digest of its bytes.
  package func noteReading(_ path: String, digest: @autoclosure () -> Digest) {
    guard !filesWritten.contains(path), !filesRead.contains(where: { $0.path == path }) else {
      return
    }
    filesRead.append(FileRead(path: path, digest: digest()))
  }

  /// Joins items, only the first ones if there are many.
  private static func listing(_ items: [String]) -> String {
    let most = 12
    return (items.prefix(most) + (items.count > most ? ["…"] : [])).joined(separator: ", ")
  }
}

extension Session {
  private static let provenanceLimit = 8192

  /// The origin of the current state: the statements submitted, only the newest if there are many.
  package var provenance: String {
    var lines: [String] = []
    var length = 0
    for text in submitted.reversed() {
      length += text.utf8.count + 1
      guard length <= Self.provenanceLimit else {
        lines.insert("# …", at: 0)
        break
      }
      lines.insert(text, at: 0)
    }
    return lines.joined(separator: "\n")
  }

  /// Returns a key that identifies the next training with checkpoints: by the environment, the statements up to it,
  /// the parameters given from outside, the files read, and the number of such trainings before it.
  func nextRunKey() -> String {
    runCount += 1
    let parameters = evaluator.overrides.names.map {
      "\($0)=\(evaluator.variables[$0]?.literal ?? "")"
    }
    let files = filesRead.map { "\($0.path) \($0.digest.hex)" }
    let text = ([ProgramEnvironment.line, String(runCount)] + parameters + files + submitted)
      .joined(separator: "\0")
    return Digest(of: text).hex
  }
}
