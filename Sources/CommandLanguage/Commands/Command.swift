/// A command of the language: its arguments and its effect on the host.
package protocol Command<Host>: SendableMetatype {
  /// The object that the command works on, such as a session.
  associatedtype Host: EvaluatorHost

  /// The command's name, arguments, help and examples.
  static var declaration: CommandDeclaration { get }

  /// Reads the arguments; has no other effect.
  ///
  /// - Throws: Usually a diagnostic made by `arguments.error(on:_:remedy:)`.
  init(_ arguments: BoundArguments) throws

  /// Does the work, and returns the value that `let` stores.
  ///
  /// - Throws: Any error; one that is not a diagnostic is reported at the call.
  func run(in host: Host) throws -> Value
}

/// The services that evaluation needs from the surrounding program.
package protocol EvaluatorHost: AnyObject, SendableMetatype {
  /// Lets the host stop evaluation between statements and between loop iterations.
  ///
  /// - Throws: An error to stop evaluation, which is passed on unchanged.
  func checkpoint() throws

  /// Shows the value of a statement that is an expression.
  func show(_ value: Value)

  /// Runs a timed statement, and reports how long it took.
  func timed(
    _ statement: Statement,
    of source: Source,
    run: () throws -> Value
  ) throws -> Value

  /// Notifies the host that a command, an expression or a binding is done, also inside blocks.
  func completed(_ statement: Statement, of source: Source, value: Value)
}

/// An interruption of evaluation that is not an error of the script, such as Ctrl-C.
///
/// The evaluator passes it on unchanged, wherever it is thrown.
package protocol Interruption: Error {}
