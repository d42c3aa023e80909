/// A command of the language: what it is called with, and what it does to its host.
package protocol Command<Host>: SendableMetatype {
  /// What the command works on, such as a session.
  associatedtype Host: EvaluatorHost

  /// Name, arguments, help and examples.
  static var declaration: CommandDeclaration { get }

  /// Takes the arguments over; has no other effect.
  ///
  /// - Throws: Usually a diagnostic made by `arguments.error(on:_:remedy:)`.
  init(_ arguments: BoundArguments) throws

  /// Does the work and returns what `let` keeps.
  ///
  /// - Throws: Any error; one that is not a diagnostic is reported at the call.
  func run(in host: Host) throws -> Value
}

/// What evaluation needs of the program around it.
package protocol EvaluatorHost: AnyObject, SendableMetatype {
  /// Called between statements and turns of loops.
  ///
  /// - Throws: An error to stop evaluation, which is passed on as it is.
  func checkpoint() throws

  /// Shows the value of a statement that is an expression.
  func show(_ value: Value)

  /// Runs a statement that is timed, and tells how long it took.
  func timed(
    _ statement: Statement,
    of source: Source,
    run: () throws -> Value
  ) throws -> Value

  /// Called when a command, an expression or a binding is done, also inside of blocks.
  func completed(_ statement: Statement, of source: Source, value: Value)
}

/// An error that stops evaluation without being a fault of the script, such as Ctrl-C.
///
/// The evaluator passes it on as it is, wherever it is thrown.
package protocol Interruption: Error {}
