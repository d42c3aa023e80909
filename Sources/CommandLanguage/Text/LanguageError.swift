/// An error in a text of the command language or in its evaluation.
///
/// The cases hold the facts; the wording is in `message` and `remedy`.
package enum LanguageError: Error, Equatable, Sendable {
  // Syntax
  case unexpected(found: String, expected: String?)
  case unexpectedEnd(expected: String)
  case unclosed(String)
  case unterminatedText
  case danglingBackslash
  case strayBrace
  case strayElse
  case strayDollar
  case unknownEscape(String)
  case malformedNumber(String)
  case numberTooLarge(String)
  case nestingTooDeep(limit: Int)
  case tooManyOperators(limit: Int)
  case scriptTooLong(limit: Int)
  case tooManyErrors(limit: Int)
  case chainedComparison
  case bareWord(String)
  case unknownFunction(String)
  case requiredBehindOptional(String)
  case namedValue(BuiltinFunction)
  case wrongValueCount(function: BuiltinFunction, found: Int)
  case dollarInNewName(name: String, keyword: String)
  case reservedName(String)
  case assignmentWithoutLet(name: String)
  case blanksAroundEquals(option: String)
  case optionWithoutValue(option: String)
  case arithmeticInArgument
  case callInArgument(function: String)

  // Commands and their arguments
  case unknownCommand(
    name: String,
    remedy: String?,
    nearest: String?,
    boundTo: String?,
    isVariable: Bool
  )
  case unknownOption(name: String, command: String, options: [String])
  case foreignOption(
    name: String,
    subjects: [String],
    topic: String,
    calls: [String],
    replacement: String?
  )
  case optionOfOtherCalls(name: String, call: String, calls: [String])
  case noBlock(command: String)
  case missingBlock(command: String, expected: String)
  case commandExists(String)
  case duplicateArgument(name: String, command: String)
  case missingArgument(name: String, command: String, expected: String, synopsis: String)
  case tooManyArguments(command: String, limit: Int, synopsis: String, isListPart: Bool = false)
  case wrongArgument(name: String, command: String, expected: String, found: String, hint: String?)
  case invalidChoice(name: String, command: String, found: String, choices: [String])

  // Values
  case unknownVariable(name: String, known: [String])
  case hasNoFields(owner: String, kind: String, field: String)
  case noSuchField(owner: String, field: String, fields: [String])
  case hasNoElements(owner: String, kind: String)
  case noSuchLabel(owner: String, label: String, labels: [String])
  case indexMustBeNumber(owner: String, found: String)
  case indexOutOfRange(owner: String, index: Int, count: Int)
  case columnsDiffer(names: [String], counts: [Int])
  case columnLength(name: String, count: Int, rows: Int)
  case noSuchColumn(owner: String, column: String, columns: [String])
  case wrongOperands(operation: String, kinds: [String])
  case conditionNotBoolean(found: String)
  case notANumber(found: String)
  case noElements(function: BuiltinFunction)
  case stopped
  case malformedLayout(String)
  case sameNames(String)
  case oneElement(function: BuiltinFunction)
  case notAPercentage(Double)
  case notANumberOfDigits(found: String)
  case divisionByZero
  case notFinite(text: String)
  case emptyRange(first: String, last: String)
  case rangeNeverAdvances(step: String)
  case rangeTooLong(limit: Int)
  case valueTooLarge
  case nothingInText(owner: String)
  case notALoopValue(kind: String)
  case assertionFailed(condition: String, message: String?)
  case scriptsTooDeep(limit: Int)
  case callsTooDeep(limit: Int)

  // Parameters from outside
  case malformedOverride(String)
  case unknownOverride(name: String, known: [String])
  case wrongOverride(name: String, expected: String, found: String)
}
