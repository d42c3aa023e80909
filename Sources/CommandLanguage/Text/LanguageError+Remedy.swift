extension LanguageError {
  /// The suggested correction, if there is one.
  package var remedy: String? {
    switch self {
    case .unexpected(let found, _): Self.remedy(forUnexpected: found)
    case .unclosed("${"): "close the braces on the same line: ${name}"
    case .unclosed(let opening): "add the `\(opening == "(" ? ")" : opening == "[" ? "]" : "}")`"
    case .unterminatedText: "add the closing quote"
    case .strayElse: "put `else` behind the `}` on the same line"
    case .strayDollar: "write $name for a variable, '$' for the character"
    case .unknownEscape:
      "valid escapes: \\n \\t \\\" \\\\ \\$; nothing is special between single quotes"
    case .malformedNumber(let text):
      "numbers look like 12, 0.5, 1e-3, 64k; for text write \"\(text)\""
    case .malformedLayout:
      "write columns up to 200, digits after the point up to 15, or both: `${x:8}`, `${x:-8}`, `${x:.3}`, `${x:8.3}`"
    case .tooManyOperators, .nestingTooDeep: "keep parts of it in variables with `let`"
    case .scriptTooLong: "divide it into files and `run` them one after another"
    case .tooManyErrors: "mend those above first"
    case .chainedComparison: "join comparisons with `and`"
    case .bareWord(let word): "write \"\(word)\" for text, $\(word) for a variable"
    case .unknownFunction(let name): Self.remedy(forFunction: name)
    case .sameNames: "give them different names"
    case .requiredBehindOptional(let name): "write `\(name)=…`, or put it first"
    case .noBlock: "leave out the braces"
    case .missingBlock(_, let expected): "write `{ … }` behind it: \(expected)"
    case .commandExists: "choose another name"
    case .namedValue: "write the value alone; `record` and `table` take names"
    case .dollarInNewName(let name, let keyword):
      "write `\(keyword) \(name.isEmpty ? "name" : name)`"
    case .assignmentWithoutLet(let name): "write `let \(name) = …` to keep a value"
    case .blanksAroundEquals(let option): "write `\(option)=…` without blanks"
    case .optionWithoutValue(let option): "write `\(option)=…` without a blank behind `=`"
    case .callInArgument(let function): "write it like (\(function)($x))"
    case .arithmeticInArgument: "write it like 1..($n - 1)"
    case .unknownCommand, .unknownOption, .foreignOption, .optionOfOtherCalls, .duplicateArgument,
      .missingArgument,
      .tooManyArguments,
      .wrongArgument, .invalidChoice, .malformedOverride, .unknownOverride, .wrongOverride:
      argumentRemedy
    default: valueRemedy
    }
  }

  private var argumentRemedy: String? {
    switch self {
    case .unknownCommand(_, let remedy?, _, _, _): remedy
    case .unknownCommand(let name, nil, let nearest, let variable, let isVariable):
      Self.remedy(forCommand: name, nearest: nearest, boundTo: variable, isVariable: isVariable)
    case .unknownOption(let name, let command, let options):
      options.isEmpty
        ? "`\(command)` takes no options"
        : Self.join(
          Self.didYouMean(name, among: options),
          "options of `\(command)`: \(Suggestion.listing(options))"
        )
    case .foreignOption(_, _, _, let calls, let replacement):
      replacement
        ?? Self.join(calls, "or").map { "leave it out, or use \($0)" } ?? "leave it out"
    case .optionOfOtherCalls(_, _, let calls):
      Self.join(calls, "and").map { "it belongs to \($0)" } ?? "leave it out"
    case .missingArgument(_, _, _, let synopsis): "write it as: \(synopsis)"
    case .tooManyArguments(_, _, let synopsis, let isListPart):
      isListPart ? "write a list without blanks: 8,16,32" : "write it as: \(synopsis)"
    case .wrongArgument(_, _, _, _, let hint): hint
    case .invalidChoice(_, _, let found, let choices):
      Self.join(
        Self.didYouMean(found, among: choices),
        "valid values: \(Suggestion.listing(choices))"
      )
    case .malformedOverride: "write it as name=value"
    case .unknownOverride(let name, let known):
      known.isEmpty
        ? "the script has no `param`"
        : Self.join(
          Self.didYouMean(name, among: known),
          "parameters: \(Suggestion.listing(known))"
        )
    default: nil
    }
  }

  private var valueRemedy: String? {
    switch self {
    case .unknownVariable(let name, let known):
      known.isEmpty
        ? "set it with `let \(name) = …`"
        : Self.join(
          Self.didYouMean(name, among: known, sign: "$"),
          "variables: \(Suggestion.listing(known))"
        )
    case .hasNoFields(let owner, _, let field) where owner.dropFirst().allSatisfy(Self.isNamePart):
      "to put text behind the value, write ${\(owner.dropFirst())}.\(field)"
    case .noSuchField(_, let field, let fields):
      Self.join(Self.didYouMean(field, among: fields), "fields: \(Suggestion.listing(fields))")
    case .noSuchColumn(_, let column, let columns):
      columns.isEmpty
        ? "the table is empty"
        : Self.join(
          Self.didYouMean(column, among: columns),
          "columns: \(Suggestion.listing(columns))"
        )
    case .columnsDiffer, .columnLength:
      "give each column one value for each row, or a single value for all rows"
    case .noSuchLabel(_, let label, let labels):
      Self.join(Self.didYouMean(label, among: labels), "labels: \(Suggestion.listing(labels))")
    case .indexOutOfRange(_, _, let count):
      count == 0
        ? "the list is empty"
        : count == 1
          ? "its only element has the number 0"
          : "its \(count) elements are numbered from 0 to \(count - 1)"
    case .wrongOperands(_, let kinds) where kinds.contains("a text"):
      "text with a value in it is written \"… $name …\""
    case .conditionNotBoolean: "compare it: == != < <= > >="
    case .emptyRange(let first, let last): "count down with \(first)..\(last) by -1"
    case .rangeNeverAdvances: "the step must lead from the first to the last element"
    case .notALoopValue: "a list of one element is written with a comma: `64,`"
    default: nil
    }
  }

  // MARK: Parts

  private static func isNamePart(_ character: Character) -> Bool {
    character == "_" || character.isLetter || character.isNumber
  }

  private static func join(_ parts: String?...) -> String {
    parts.compactMap { $0 }.joined(separator: " ")
  }

  /// The maximum number of calls that are listed.
  private static let mostCalls = 3

  /// Returns a list of calls; nil if there are too many.
  private static func join(_ calls: [String], _ conjunction: String) -> String? {
    calls.count > mostCalls
      ? nil : Suggestion.listing(calls.map { "`\($0)`" }, lastAfter: conjunction)
  }

  private static func didYouMean(
    _ word: String,
    among candidates: [String],
    sign: String = ""
  ) -> String? {
    Suggestion.nearest(to: word, among: candidates).map { "did you mean `\(sign)\($0)`?" }
  }

  private static func remedy(forUnexpected found: String) -> String? {
    switch found {
    case "“", "”", "„", "‘", "’": "quotes are written \" or '"
    case "=": "text with `=` in it is written in quotes"
    case "?": "for help on a command write `help` before it, such as `help train`"
    case "&", "|", "<", ">", "[", "]", "^", "`", "\\":
      "text with `\(found)` in it is written in quotes"
    default: nil
    }
  }

  private static func remedy(forFunction name: String) -> String {
    let functions = BuiltinFunction.allCases.map(\.rawValue)
    let list = "functions: \(Suggestion.listing(functions))"
    guard let meant = didYouMean(name, among: functions) else {
      return "a command takes its values behind a blank: `\(name) …`; \(list)"
    }
    return join(meant, list)
  }

  private static func remedy(
    forCommand name: String,
    nearest: String?,
    boundTo variable: String?,
    isVariable: Bool
  ) -> String {
    let command = nearest.map { "did you mean `\($0)`?" }
    guard let variable else {
      return isVariable
        ? "write `$\(name)` for the variable" : command ?? "`help` lists the commands"
    }
    let text = isVariable ? "`let \(variable) = $\(name)`" : "`let \(variable) = \"\(name)\"`"
    return join(command, (isVariable ? "for the variable write " : "for text write ") + text)
  }
}
