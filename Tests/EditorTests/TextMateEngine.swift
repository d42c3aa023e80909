import COniguruma
import Foundation

/// What TextMate grammars do with a text, as VS Code does it: rules on a stack, the leftmost match wins, and of equal
/// ones the first.
final class TextMateEngine {
  /// A rule of a grammar with the grammar that it belongs to.
  private final class Rule {
    let name: String?
    let contentName: String?
    let match: Pattern?
    let begin: Pattern?
    let end: Pattern?
    let captures: [Int: String]
    let beginCaptures: [Int: String]
    let endCaptures: [Int: String]
    let include: String?
    let patterns: [Rule]
    unowned let grammar: Grammar

    init(_ object: [String: Any], in grammar: Grammar) throws {
      func text(_ key: String) -> String? { object[key] as? String }
      func scopes(_ key: String) -> [Int: String] {
        let captures = object[key] as? [String: [String: String]] ?? [:]
        return captures.reduce(into: [:]) { found, capture in
          if let number = Int(capture.key) { found[number] = capture.value["name"] }
        }
      }
      name = text("name")
      contentName = text("contentName")
      match = try text("match").map(Pattern.init)
      begin = try text("begin").map(Pattern.init)
      end = try text("end").map(Pattern.init)
      captures = scopes("captures")
      beginCaptures = scopes("beginCaptures")
      endCaptures = scopes("endCaptures")
      include = text("include")
      self.grammar = grammar
      patterns = try (object["patterns"] as? [[String: Any]] ?? []).map {
        try Rule($0, in: grammar)
      }
    }
  }

  private final class Grammar {
    let scope: String
    private(set) var patterns: [Rule] = []
    private(set) var repository: [String: Rule] = [:]

    init(_ path: String) throws {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
      scope = object["scopeName"] as? String ?? ""
      patterns = try (object["patterns"] as? [[String: Any]] ?? []).map { try Rule($0, in: self) }
      let entries = object["repository"] as? [String: [String: Any]] ?? [:]
      repository = try entries.mapValues { try Rule($0, in: self) }
    }
  }

  /// A grammar that cannot be used.
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  private let grammars: [Grammar]

  /// - Parameter paths: of grammars; the first is the one of the texts, and may include the others.
  init(_ paths: [String]) throws { grammars = try paths.map(Grammar.init) }

  /// The innermost scope of each byte of each line; empty where no rule gives one.
  func scopes(of lines: [String]) throws -> [[String]] {
    var stack: [Rule] = []
    return try lines.enumerated().map { number, line in
      try scopes(of: line, isFirst: number == 0, &stack)
    }
  }

  private func scopes(
    of line: String,
    isFirst: Bool,
    _ stack: inout [Rule]
  ) throws -> [String] {
    let bytes = Array((line + "\n").utf8)
    var result = [String](repeating: "", count: bytes.count)
    func paint(_ range: Range<Int>, _ scope: String?) {
      if let scope { for index in range { result[index] = scope } }
    }
    var position = 0
    var turns = 0
    while position < bytes.count {
      turns += 1
      guard turns < 20 * bytes.count + 100 else { throw Fault(description: "endless: \(line)") }
      let top = stack.last
      let inside = top?.contentName ?? top?.name
      var best: (rule: Rule, match: Pattern.Match, isEnd: Bool)?
      if let top, let match = top.end?.search(bytes, from: position, isFirst: isFirst) {
        best = (top, match, true)
      }
      for rule in try candidates(of: top?.patterns ?? grammars[0].patterns) {
        guard let pattern = rule.match ?? rule.begin,
          let match = pattern.search(bytes, from: position, isFirst: isFirst),
          best.map({ match.range.lowerBound < $0.match.range.lowerBound }) ?? true
        else { continue }
        best = (rule, match, false)
      }
      guard let (rule, match, isEnd) = best else {
        paint(position..<bytes.count, inside)
        break
      }
      paint(position..<match.range.lowerBound, inside)
      paint(match.range, rule.name ?? (isEnd ? nil : inside))
      let captures =
        isEnd ? rule.endCaptures : rule.begin == nil ? rule.captures : rule.beginCaptures
      for (number, scope) in captures.sorted(by: { $0.key < $1.key }) {
        if let range = match.groups[number] { paint(range, scope) }
      }
      if isEnd {
        stack.removeLast()
      } else if rule.begin != nil {
        stack.append(rule)
      } else if match.range.isEmpty {
        position += 1
      }
      position = max(position, match.range.upperBound)
    }
    return Array(result.dropLast())
  }

  /// The rules with patterns that a list of rules leads to.
  private func candidates(of rules: [Rule], depth: Int = 0) throws -> [Rule] {
    guard depth < 20 else { throw Fault(description: "a rule includes itself") }
    return try rules.flatMap { rule -> [Rule] in
      if let include = rule.include {
        if include.hasPrefix("#") {
          guard let target = rule.grammar.repository[String(include.dropFirst())] else {
            throw Fault(description: "there is no rule \(include)")
          }
          return try candidates(of: [target], depth: depth + 1)
        }
        guard let other = grammars.first(where: { $0.scope == include }) else {
          throw Fault(description: "there is no grammar \(include)")
        }
        return try candidates(of: other.patterns, depth: depth + 1)
      }
      if rule.match == nil, rule.begin == nil {
        return try candidates(of: rule.patterns, depth: depth + 1)
      }
      return [rule]
    }
  }
}

/// A regular expression of Oniguruma.
final class Pattern {
  struct Match {
    let range: Range<Int>
    let groups: [Int: Range<Int>]
  }

  private let regex: OnigRegex
  private let isOfFirstLine: Bool

  init(_ text: String) throws {
    guard let regex = rse_onig_compile(text, text.utf8.count) else {
      throw TextMateEngine.Fault(description: "Oniguruma does not take \(text)")
    }
    self.regex = regex
    isOfFirstLine = text.hasPrefix("\\A")
  }

  deinit { onig_free(regex) }

  func search(_ bytes: [UInt8], from start: Int, isFirst: Bool) -> Match? {
    guard isFirst || !isOfFirstLine, let region = onig_region_new() else { return nil }
    defer { onig_region_free(region, 1) }
    let found = bytes.withUnsafeBytes {
      rse_onig_search(regex, $0.baseAddress, bytes.count, start, region)
    }
    guard found >= 0 else { return nil }
    let count = Int(region.pointee.num_regs)
    var groups: [Int: Range<Int>] = [:]
    for number in 0..<count where region.pointee.beg[number] >= 0 {
      groups[number] = Int(region.pointee.beg[number])..<Int(region.pointee.end[number])
    }
    return groups[0].map { Match(range: $0, groups: groups) }
  }
}
