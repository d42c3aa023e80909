import CommandLanguage
import Files
import Foundation

extension Session {
  /// What the header of a notebook tells beside the environment: program, threads, seeds, parameters, and a digest of
  /// each file that was read and not written by the session itself.
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

  /// A file that was read, and what was in it.
  package struct FileRead: Codable {
    package let path: String
    package let digest: Digest
  }

  /// Remembers a file that was read, unless the session has written it.
  package func noteReading(_ path: String, _ bytes: Data) {
    noteReading(path, digest: bytes.withUnsafeBytes { Digest(of: $0) })
  }

  /// Remembers a file that results depend on, by the digest of its bytes.
  package func noteReading(_ path: String, digest: @autoclosure () -> Digest) {
    guard !filesWritten.contains(path), !filesRead.contains(where: { $0.path == path }) else {
      return
    }
    filesRead.append(FileRead(path: path, digest: digest()))
  }

  /// The first of many items.
  private static func listing(_ items: [String]) -> String {
    let most = 12
    return (items.prefix(most) + (items.count > most ? ["…"] : [])).joined(separator: ", ")
  }
}

extension Session {
  private static let provenanceLimit = 8192

  /// What led to the present state: the statements submitted, the newest of them where they are many.
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

  /// What tells the next training with checkpoints from all others: the environment, the statements up to it,
  /// the parameters given from outside, the files read, and how many such trainings there were before.
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
