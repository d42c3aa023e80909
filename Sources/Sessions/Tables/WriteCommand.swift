import CommandLanguage
import Wording

/// `write results.csv $t`
package struct WriteCommand: Command {
  private static let file = CommandArgument.required(
    "file",
    .fileToWrite(extensions: TableFormat.allCases.map(\.rawValue)),
    "the file, in the format of its ending"
  )
  private static let table = CommandArgument.required(
    "table",
    .table,
    "a table, a record, a list of records, or what a command gave"
  )
  private static let digits = CommandArgument(
    "digits",
    .integer(in: 0...15),
    "digits after the point of numbers that are not whole",
    otherwise: "all in .csv, .tsv and .json; six significant ones in .md and .tex"
  )
  private static let errors = CommandArgument(
    "errors",
    .boolean,
    "whether columns `NAME_mean` and `NAME_std` are written as one, mean ± deviation; in .md and .tex",
    default: false
  )

  package static let declaration = CommandDeclaration(
    name: "write",
    summary: "Write a table into a file",
    discussion: """
      `.csv` and `.tsv` files have a line of names and a line a row; numbers have all digits, so that they are read again as they were, \
      and empty cells are empty. `.json` files hold a list of objects. `.md` is a table in Markdown, `.tex` one in LaTeX, in the \
      style of the package `booktabs`.

      `read` reads .csv and .tsv files.
      """,
    signature: Signature(positionals: [file, table], options: [digits, errors]),
    examples: [
      .init(
        "let t = table(maps=(24, 48), loss=(0.5, 0.25))\nwrite loss.csv $t\nread loss.csv",
        "a table that is read again"
      ),
      .init(
        """
        let t = table(maps=(24, 24, 48, 48), loss=(0.5, 0.3, 0.2, 0.1))
        write loss.tex (group($t, "maps")) digits=3 errors=on
        """,
        "means and deviations for a paper"
      ),
    ],
    category: Category.session
  )

  private let path: String
  private let format: TableFormat
  private let table: Table
  private let layout: TableFormat.Layout

  package init(_ arguments: BoundArguments) throws {
    path = arguments[Self.file]
    guard let format = TableFormat(ofFile: path) else {
      throw arguments.error(on: Self.file, "this is no format of tables")
    }
    self.format = format
    table = arguments[Self.table]
    layout = .init(digits: arguments[Self.digits], joinsErrors: arguments[Self.errors])
    if layout.joinsErrors, !format.isForPeople {
      throw arguments.error(
        on: Self.errors,
        "numbers with their deviations are texts, which nobody reads as numbers again",
        remedy: "write them into a file ending in .md or .tex"
      )
    }
  }

  package func run(in session: Session) throws -> Value {
    guard !table.columns.isEmpty else {
      throw Diagnostic("the table is empty", remedy: "give it a column: `table(x=1..3)`")
    }
    try session.write(format.bytes(of: table, layout), to: path)
    session.emit(
      "\(path)  \(counted(table.count, "row")), \(counted(table.columns.count, "column"))"
    )
    return .table(table)
  }
}
