import Foundation

/// The TextMate grammar of statements, for VS Code and other editors.
///
/// It uses only constructs that Oniguruma and PCRE interpret the same way.
struct TextMateGrammar: Encodable {
  /// A rule: an include, a match, or a region between a beginning and an end.
  struct Rule: Encodable {
    var include: String?
    var name: String?
    var match: String?
    var captures: [String: [String: String]]?
    var begin: String?
    var end: String?
    var beginCaptures: [String: [String: String]]?
    var endCaptures: [String: [String: String]]?
    var contentName: String?
    var patterns: [Rule]?
  }

  let comment = "Written by: rse help --all --textmate"
  let name = "rse"
  let scopeName = "source.rse"
  let fileTypes = ["rse"]
  let patterns = [Rule(include: "#statement")]
  let repository: [String: Rule]

  /// Returns the content of the file.
  ///
  /// - Throws: errors of `JSONEncoder`.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  private static let identifier = #"[\p{L}_][\p{L}\p{M}\p{N}_]*"#
  private static let end = #"(?=[;}]|\s#)|(?<!\\)(?=\n)"#
  /// The end of the arguments of a command that may have a block.
  private static let blockEnd = #"(?=[;{}]|\s#)|(?<!\\)(?=\n)"#
  private static let before = #"(?<![\p{L}\p{N}_.$/-])"#
  private static let behind = #"(?![\p{L}\p{M}\p{N}_=(.-])"#
  private static let number =
    #"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:Ki|Mi|k|M)?(?!\.?[\p{L}_/]|[0-9])"#

  private static let loopNames =
    before + #"(for)\s+("# + identifier + #")(?:\s*(,)\s*("# + identifier + #"))?\s+(in)"# + behind
  private static let loopScopes = scopes(
    "keyword.control",
    "variable.other.definition",
    "punctuation.separator",
    "variable.other.definition",
    "keyword.control"
  )

  private static func any(_ words: [String]) -> String { words.joined(separator: "|") }

  private static func scopes(_ names: String...) -> [String: [String: String]] {
    Dictionary(
      uniqueKeysWithValues: names.enumerated().map { (String($0 + 1), ["name": $1 + ".rse"]) }
    )
  }

  private static func rules(_ names: String...) -> [Rule] {
    names.map { Rule(include: "#" + $0) }
  }

  init(_ syntax: EditorSyntax) {
    var repository = Self.general(syntax)
    for call in syntax.calls { repository["call-" + call.name] = Self.rule(of: call) }
    repository["statement"] = Rule(
      patterns: Self.rules(
        "comment",
        "terminator",
        "block",
        "let",
        "param",
        "for",
        "def",
        "keyword"
      )
        + syntax.calls.map { Rule(include: "#call-" + $0.name) }
        + Self.rules("expression", "call")
    )
    self.repository = repository
  }

  private static func rule(of call: EditorSyntax.Call) -> Rule {
    let signs = call.signs.map { NSRegularExpression.escapedPattern(for: $0) }
    let word = before + "(" + any(call.words) + ")" + behind
    let option = Rule(
      name: "variable.parameter.option.rse",
      match: #"(?<=\s)(?:"# + any(call.options) + ")="
    )
    let options = (call.options.isEmpty ? [] : [option]) + (call.takesVariables ? [anyOption] : [])
    return Rule(
      begin: signs.isEmpty ? word : word + "|(" + any(signs) + ")",
      end: call.isRaw ? end : blockEnd,
      beginCaptures: signs.isEmpty
        ? scopes("support.function.command")
        : scopes("support.function.command", "support.function.command"),
      contentName: call.isRaw ? "string.unquoted.tail.rse" : nil,
      patterns: options + rules(call.isRaw ? "tail" : "argument")
    )
  }

  private static let anyOption = Rule(
    name: "variable.parameter.option.rse",
    match: #"(?<=\s)[A-Za-z_][A-Za-z0-9_-]*="#
  )

  private static func general(_ syntax: EditorSyntax) -> [String: Rule] {
    let word = #"(?:[A-Za-z0-9_/.~:@%+*?!-]|[^\x00-\x7F])"#
    return [
      "comment": Rule(name: "comment.line.number-sign.rse", match: #"(?:^|(?<=\s))#.*$"#),
      "terminator": Rule(name: "punctuation.terminator.statement.rse", match: ";"),
      "block": Rule(
        begin: #"\{"#,
        end: #"\}"#,
        beginCaptures: ["0": ["name": "punctuation.section.block.begin.rse"]],
        endCaptures: ["0": ["name": "punctuation.section.block.end.rse"]],
        patterns: rules("statement")
      ),
      "let": Rule(
        match: before + #"(let)\s+("# + identifier + #")\s*(=)(?!=)"#,
        captures: scopes("keyword.other", "variable.other.definition", "keyword.operator")
      ),
      "param": Rule(
        begin: before + #"(param)\s+("# + identifier + #")\s*(=)(?!=)"#,
        end: end,
        beginCaptures: scopes("keyword.other", "variable.other.definition", "keyword.operator"),
        patterns: rules("argument")
      ),
      "for": Rule(
        begin: loopNames,
        end: #"(?=\{)|$"#,
        beginCaptures: loopScopes,
        patterns: rules("argument")
      ),
      // A list made from another one.
      "each": Rule(
        patterns: [
          Rule(match: loopNames, captures: loopScopes),
          Rule(name: "keyword.control.rse", match: before + "if" + behind),
        ]
      ),
      "keyword": Rule(
        name: "keyword.control.rse",
        match: before + "(?:" + any(syntax.keywords) + ")" + behind
      ),
      // A call of an unknown command.
      "call": Rule(
        begin: before + "(" + identifier + #"[\p{L}\p{M}\p{N}_-]*)"# + behind,
        end: blockEnd,
        beginCaptures: scopes("entity.name.function.unknown"),
        patterns: [anyOption] + rules("argument")
      ),
      "expression": Rule(
        patterns: rules(
          "comment",
          "reference",
          "string",
          "parenthesis",
          "function",
          "constant",
          "number",
          "operator",
          "separator"
        )
      ),
      "argument": Rule(patterns: rules("expression", "word")),
      "parenthesis": Rule(
        begin: #"\("#,
        end: #"\)"#,
        beginCaptures: ["0": ["name": "punctuation.section.parens.begin.rse"]],
        endCaptures: ["0": ["name": "punctuation.section.parens.end.rse"]],
        patterns: rules("each", "value-name", "expression")
      ),
      // A named argument of a function.
      "value-name": Rule(
        name: "variable.parameter.option.rse",
        match: #"(?<=[(,\s])"# + identifier + #"\s*=(?!=)"#
      ),
      "def": Rule(
        begin: before + "(def)\\s+(" + identifier + #"[\p{L}\p{M}\p{N}_-]*)"#,
        end: #"(?=\{)|$"#,
        beginCaptures: scopes("keyword.control", "support.function.command"),
        patterns: [
          Rule(
            begin: #"\("#,
            end: #"\)"#,
            beginCaptures: ["0": ["name": "punctuation.section.parens.begin.rse"]],
            endCaptures: ["0": ["name": "punctuation.section.parens.end.rse"]],
            patterns: [
              Rule(
                match: #"(?<=[(,\s])("# + identifier + #")\s*(?:(=)(?!=)|(?=[,)]))"#,
                captures: scopes("variable.other.definition", "keyword.operator")
              )
            ] + rules("expression")
          )
        ]
      ),
      "function": Rule(
        name: "support.function.builtin.rse",
        match: before + "(?:" + any(syntax.functions) + #")(?=\()"#
      ),
      "constant": Rule(
        name: "constant.language.rse",
        match: before + "(?:" + any(syntax.constants) + ")" + behind
      ),
      "number": Rule(
        name: "constant.numeric.rse",
        match: #"(?<![\p{L}\p{N}_./])"# + number + #"|(?<=\.\.)"# + number
      ),
      "operator": Rule(
        patterns: [
          Rule(
            name: "keyword.operator.word.rse",
            match: before + "(?:" + any(syntax.operators + ["every"]) + ")" + behind
          ),
          Rule(name: "keyword.operator.range.rse", match: #"(?<=\s)by(?=\s)(?:\s+\*)?|\.\."#),
          Rule(
            name: "keyword.operator.rse",
            match: #"==|!=|<=|>=|[<>^]|(?<=\s|[\p{N})\]])[-+*/%](?=\s|[\p{N}(])|-(?=[(\p{L}$])"#
          ),
          Rule(name: "constant.character.escape.rse", match: #"\\$"#),
        ]
      ),
      "separator": Rule(name: "punctuation.separator.rse", match: ","),
      "word": Rule(
        name: "string.unquoted.word.rse",
        match: "(?>" + word + "(?:" + word + "|#)*)(?!=)"
      ),
      "reference": Rule(
        patterns: [
          Rule(
            name: "variable.other.rse",
            match: #"\$"# + identifier + #"(?:\."# + identifier
              + #"|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*"#
          )
        ] + rules("braced")
      ),
      "braced": Rule(name: "variable.other.rse", match: #"\$\{[^}]*\}"#),
      "in-text": Rule(
        patterns: [Rule(name: "variable.other.rse", match: #"\$"# + identifier)] + rules("braced")
      ),
      "string": Rule(
        patterns: [
          Rule(
            name: "string.quoted.double.rse",
            begin: "\"",
            end: "\"",
            patterns: rules("escape", "in-text")
          ),
          Rule(name: "string.quoted.single.rse", begin: "'", end: "'"),
        ]
      ),
      "escape": Rule(name: "constant.character.escape.rse", match: #"\\(?:[nt"\\$]|$)"#),
      "tail": Rule(
        patterns: [
          Rule(
            name: "string.quoted.double.rse",
            match: #"(?<=[ \t(\[{,=])"(?:[^"\\]|\\.)*""#,
            captures: nil
          ),
          Rule(name: "string.quoted.single.rse", match: #"(?<=[ \t(\[{,=])'[^']*'"#),
          Rule(match: #"\{[^{}]*\}"#),
        ] + rules("in-text")
      ),
    ]
  }
}
