import CommandLanguage

/// `sweep maps=24,48 seed=1..3 { data badd; model rse maps=$maps; train 500 }`
package struct SweepCommand: Command {
  private static let to = CommandArgument(
    "to",
    .fileToWrite(extensions: ["jsonl"]),
    "keeps each run as it ends, for `resume=on`",
    otherwise: "none"
  )
  private static let resume = CommandArgument(
    "resume",
    .boolean,
    "whether runs are taken over that to= has kept, of the same sweep",
    otherwise: "off; on under `rse resume`"
  )
  private static let spread = CommandArgument(
    "spread",
    .boolean,
    "whether the processes that mpirun started divide the runs among them",
    default: false
  )
  private static let verbose = CommandArgument(
    "verbose",
    .boolean,
    "whether what the runs show is shown",
    default: false
  )

  /// The maximum number of runs of one sweep.
  private static let mostRuns = 100_000

  package static let declaration = CommandDeclaration(
    name: "sweep",
    summary: "Run statements for every combination of some values, and make a table of it",
    discussion: """
      Every option of another name is a variable: the block runs once for each combination of their values, those of the first \
      changing last. `seed=` sets the seed of the run as well. A table as a value stands for its rows, so that \
      `sweep run=$plan { … $run.maps … }` does what a table says.

      A run has one row: its variables, and what the last statement in the block gives. Of a record those are its numbers and texts, \
      such as `loss` after `train`, and of lists with labels one column a label: `accuracy_64` after `test`. \
      `record(a=…, b=…)` as the last statement says which. Times and speeds are left out, as no two runs have the same.

      Every run begins with the data, the seed and the variables that were there before the sweep, and without models; what it leaves \
      is forgotten, but for files. So runs do not depend on each other or on their order, and may be divided among \
      processes (`help processes`). A run that fails is a row whose column `error` has the message; its other cells are \
      empty. The sweep fails if all runs do.

      With `to=runs.jsonl` each run is written as it ends. After a crash or Ctrl-C `resume=on`, or `rse resume FILE` of a script, takes over the \
      runs that are there, if the block, the values and what the block uses are the same, and does the rest.
      """,
    signature: Signature(
      options: [to, resume, spread, verbose],
      block: .init(
        "what is done for each combination; its last value is the row",
        variables: "a variable of the block, and its values"
      )
    ),
    examples: [
      .init(
        """
        data badd lengths=8
        let t = sweep maps=4,8 seed=1..2 { model rse maps=$maps; train 2 }
        group($t, "maps")
        """,
        "two widths, two seeds each, and their means"
      ),
      .init(
        """
        sweep n=1..3 { record(square=$n ^ 2, half=$n / 2) }
        """,
        "the columns are those of a record"
      ),
    ],
    category: Category.models
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws { self.arguments = arguments }

  package func run(in session: Session) throws -> Value {
    let variables = try arguments.variables.map { variable in
      let values = variable.value.elements ?? [variable.value]
      guard !values.isEmpty else {
        throw error(on: variable, "`\(variable.name)` has no values", "give it one or more")
      }
      if variable.name == Sweep.seedName { try checkSeeds(values, of: variable) }
      return Sweep.Variable(name: variable.name, values: values)
    }
    guard !variables.isEmpty else {
      throw arguments.error("nothing varies", remedy: "give one or more variables: `seed=1..3`")
    }
    let count = variables.reduce(1) { count, variable in
      count > Self.mostRuns ? count : count * variable.values.count
    }
    guard count <= Self.mostRuns else {
      throw arguments.error(
        "these are more than \(Self.mostRuns) runs",
        remedy: "give fewer values, or make a table of the combinations that are wanted"
      )
    }
    guard let block = arguments.block else { return .nothing }
    let sweep = Sweep(
      variables: variables,
      block: block,
      journal: arguments[Self.to],
      resumes: arguments[Self.resume] ?? session.host.resumes,
      isSpread: arguments[Self.spread],
      isVerbose: arguments[Self.verbose],
      session: session
    )
    return try sweep.run()
  }

  private func checkSeeds(_ values: [Value], of variable: BoundArguments.Variable) throws {
    for value in values {
      guard case .number(let number) = value, let seed = Int(exactly: number),
        SeedCommand.range.contains(seed)
      else {
        throw error(
          on: variable,
          "\(value.inlineDescription) is no seed",
          "seeds are whole numbers from 0 on"
        )
      }
    }
  }

  private func error(
    on variable: BoundArguments.Variable,
    _ message: String,
    _ remedy: String
  ) -> Diagnostic {
    Diagnostic(message, source: arguments.source, range: variable.range, remedy: remedy)
  }
}
