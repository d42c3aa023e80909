extension LanguageError {
  /// The description of the error, without a full stop.
  package var message: String {
    switch self {
    case .unexpected(let found, let expected):
      "unexpected `\(found)`" + (expected.map { ", expected \($0)" } ?? "")
    case .unexpectedEnd(let expected): "expected \(expected), found the end of the statement"
    case .unclosed(let opening): "`\(opening)` is never closed"
    case .unterminatedText: "the quoted text has no end"
    case .danglingBackslash: "no line follows the backslash that continues this one"
    case .strayBrace: "`}` without a `{` before it"
    case .strayElse: "`else` without an `if` before it"
    case .strayDollar: "`$` without a name behind it"
    case .unknownEscape(let text): "unknown escape `\(text)`"
    case .malformedNumber(let text): "`\(text)` is not a number"
    case .numberTooLarge(let text): "the number \(text) is too large"
    case .nestingTooDeep(let limit): "more than \(limit) levels inside of each other"
    case .tooManyOperators(let limit): "more than \(limit) operators in one statement"
    case .scriptTooLong(let limit): "more than \(limit) statements and values in one text"
    case .tooManyErrors(let limit): "\(limit) errors: the rest of the text is not looked at"
    case .chainedComparison: "comparisons cannot follow each other"
    case .bareWord(let word): "unexpected word `\(word)` in an expression"
    case .unknownFunction(let name): "unknown function `\(name)`"
    case .namedValue(let function): "the values of `\(function.rawValue)` have no names"
    case .wrongValueCount(let function, let found):
      "`\(function.rawValue)` takes \(Self.values(function.valueCount)), not \(found)"
    case .dollarInNewName(_, let keyword): "a new name after `\(keyword)` has no `$`"
    case .reservedName(let name): "`\(name)` has a meaning of its own and cannot be a name"
    case .assignmentWithoutLet(let name): "`\(name) =` is not a command"
    case .blanksAroundEquals: "blanks around `=`"
    case .optionWithoutValue(let option): "the option `\(option)` has no value"
    case .arithmeticInArgument: "arithmetic in an argument needs parentheses"
    case .callInArgument(let function):
      "a call of `\(function)` in an argument needs parentheses around it"
    case .unknownCommand(let name, _, _, _, _): "unknown command `\(name)`"
    case .unknownOption(let name, let command, _): "unknown option `\(name)` of `\(command)`"
    case .foreignOption(let name, let subjects, let topic, _, _):
      "`\(name)=` is about \(Suggestion.listing(subjects, lastAfter: "or")), not about \(topic)"
    case .optionOfOtherCalls(let name, let call, _): "`\(call)` has no option `\(name)=`"
    case .duplicateArgument(let name, let command): "`\(name)` of `\(command)` is given twice"
    case .missingArgument(let name, let command, let expected, _):
      "`\(command)` needs `\(name)`: \(expected)"
    case .tooManyArguments(let command, let limit, _, _):
      switch limit {
      case 0: "`\(command)` takes no values without a name"
      case 1: "`\(command)` takes one value without a name"
      default: "`\(command)` takes \(limit) values without a name"
      }
    case .wrongArgument(let name, let command, let expected, let found, _):
      "`\(name)` of `\(command)`: expected \(expected), found \(found)"
    case .invalidChoice(let name, let command, let found, _):
      "`\(name)` of `\(command)` cannot be `\(found)`"
    case .unknownVariable(let name, _): "unknown variable `$\(name)`"
    case .hasNoFields(let owner, let kind, let field):
      "`\(owner)` is \(kind) and has no field `\(field)`"
    case .noSuchField(let owner, let field, _): "`\(owner)` has no field `\(field)`"
    case .hasNoElements(let owner, let kind): "`\(owner)` is \(kind) and has no elements"
    case .noSuchLabel(let owner, let label, _): "`\(owner)` has no element labelled \(label)"
    case .indexMustBeNumber(let owner, let found):
      "the index of `\(owner)` must be a whole number, not \(found)"
    case .indexOutOfRange(let owner, let index, _): "`\(owner)` has no element \(index)"
    case .columnsDiffer(let names, let counts):
      "the column `\(names[0])` has \(counts[0]) values, `\(names[1])` has \(counts[1])"
    case .columnLength(let name, let count, let rows):
      "the column `\(name)` has \(count) values, the table \(rows) rows"
    case .noSuchColumn(let owner, let column, _):
      "\(owner.hasPrefix("$") ? "`\(owner)`" : owner) has no column `\(column)`"
    case .wrongOperands(let operation, let kinds):
      "`\(operation)` does not work on \(kinds.joined(separator: " and "))"
    case .conditionNotBoolean(let found): "expected true or false, found \(found)"
    case .notANumber(let found): "expected a number, found \(found)"
    case .noElements(let function): "`\(function.rawValue)` of an empty list"
    case .stopped: "stopped"
    case .malformedLayout(let text): "`\(text)` is no layout of a value"
    case .sameNames(let name): "`\(name)` is named twice"
    case .requiredBehindOptional(let name):
      "`\(name)` needs a value of its own, as the name before it has one"
    case .noBlock(let command): "`\(command)` takes no block"
    case .missingBlock(let command, _): "`\(command)` needs a block"
    case .commandExists(let name): "there is a command `\(name)` already"
    case .callsTooDeep(let limit):
      "defined statements call each other more than \(limit) levels deep"
    case .oneElement(let function): "`\(function.rawValue)` of a single value"
    case .notAPercentage(let number):
      "a percentile is a number from 0 to 100, not \(NumberFormat.short(number))"
    case .notANumberOfDigits(let found):
      "digits after the point are a whole number from 0 to 15, not \(found)"
    case .divisionByZero: "division by zero"
    case .notFinite(let text): "`\(text)` is not a finite number"
    case .emptyRange(let first, let last): "the range from \(first) to \(last) is empty"
    case .rangeNeverAdvances(let step): "a range by \(step) never reaches its end"
    case .rangeTooLong(let limit): "the range has more than \(limit) elements"
    case .valueTooLarge: "the value is too large"
    case .nothingInText(let owner): "`\(owner)` holds nothing that could be put into a text"
    case .notALoopValue(let kind): "`for` goes over a list or a range, not over \(kind)"
    case .assertionFailed(let condition, let message):
      "assertion failed: " + (message ?? condition)
    case .scriptsTooDeep(let limit): "scripts run each other more than \(limit) levels deep"
    case .malformedOverride(let text): "`\(text)` does not give a parameter a value"
    case .unknownOverride(let name, _): "unknown parameter `\(name)`"
    case .wrongOverride(let name, let expected, let found):
      "the parameter `\(name)` is \(expected), not \(found)"
    }
  }

  private static func values(_ count: ClosedRange<Int>) -> String {
    switch count {
    case 1...1: "one value"
    case 1...2: "one value or two"
    case 2...2: "two values"
    default: "at least one value"
    }
  }
}
