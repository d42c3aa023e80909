/// The help page of a statement that is not a command.
package struct KeywordPage: Equatable, Sendable {
  /// The word that the statement starts with.
  package let name: String

  /// The synopsis.
  package let synopsis: String

  /// A one-line description, without a full stop.
  package let summary: String

  /// Further description.
  package let discussion: String

  /// Examples, each of which runs without any command.
  package let examples: [CommandDeclaration.Example]

  /// The heading under which keywords are listed.
  package static let category = "Language"

  /// The pages of all keywords.
  package static let all = [`let`, param, `for`, `if`, assert, time, def]

  private static let `let` = KeywordPage(
    name: "let",
    synopsis: "let NAME = VALUE | COMMAND …",
    summary: "keep a value or the result of a command",
    discussion: """
      A value that starts with a bare word is a command, whose result is kept; any other is an \
      expression, a list or a range. Text is written in quotes. `$name` is the value, \
      `$name.field` a field of a record, `$name[64]` the element that is labelled 64 or, in a \
      plain list, the element 64 counted from 0. `$name[-1]` is the last element of a list, `$name[1..3]` a list of some. A \
      comma appends: `let xs = $xs, 5`; `()` is an empty list. `($x ^ 2 for x in $xs if $x > 0)` makes a list of another one.

      `record(a=1, b="x")` is a record, `table(a=(1, 2), b=("x", "y"))` a table; `table($t, record(a=3))` is a table with a \
      row more, `table($t, c=(5, 6, 7))` one with a column more. `$t.a` is a column as a list, `$t[0]` a row as a record, \
      `$t[0..9]` a table of ten rows; loops and lists go over rows. Where a table is wanted, what a command gave counts as the table \
      that it printed. Cells without a value are shown as `-`, and statistics leave them out.

      Variables are seen everywhere after they are set, in blocks as well as behind them. `$_` is \
      the value of the last command or expression that no name was given to.
      """,
    examples: [
      .init("let lengths = 64..4096 by *2", "keep a list of the powers of two from 64 to 4096"),
      .init("let name = \"rse\"\n\"$name has ${name}\"", "text in which a variable is replaced"),
      .init("let half = (1 + 2) / 2\n$half", "compute a number and show it"),
      .init(
        "let xs = ()\nfor x in 1..4 { let xs = $xs, $x ^ 2 }\nmean($xs)",
        "gather values in a list"
      ),
      .init("let xs = sort(3, 1, 2)\n$xs[-1]", "the last of a sorted list"),
      .init(
        """
        let t = table(maps=(24, 24, 48, 48), loss=(0.5, 0.3, 0.2, 0.1))
        let t = table($t, record(maps=96, loss=0.05))
        $t.loss
        sort($t, "-loss")
        table($row for row in $t if $row.loss < 0.4)
        group($t, "maps")
        """,
        "a table: a row more, a column, rows in another order, some rows, groups"
      ),
    ]
  )

  private static let param = KeywordPage(
    name: "param",
    synopsis: "param NAME = VALUE",
    summary: "declare a value that can be given from outside the script",
    discussion: """
      The value is the default. `rse run FILE -p NAME=VALUE` gives another one of the same kind; \
      the script uses it as `$NAME`. A bare word is a text here.
      """,
    examples: [
      .init("param steps = 2000\n$steps", "a number that -p steps=50 replaces"),
      .init("param task = badd\n$task", "a text needs no quotes"),
    ]
  )

  private static let `for` = KeywordPage(
    name: "for",
    synopsis: "for NAME[, PLACE] in VALUES { … }",
    summary: "repeat statements for each of some values",
    discussion: """
      The values are a list, a range, a variable or an expression in parentheses. A second name takes the place of each \
      value, from 0. After the loop the variables keep their last values. The `{` stands on the line of `for`.
      """,
    examples: [
      .init("for maps in 24,48,96 { $maps * 2 }", "go over a list"),
      .init("for n in 1..3 { $n ; $n ^ 2 }", "go over a range, two statements each"),
      .init("for word, place in \"a\", \"b\" { \"$place $word\" }", "values and their places"),
    ]
  )

  private static let `if` = KeywordPage(
    name: "if",
    synopsis: "if CONDITION { … } else if CONDITION { … } else { … }",
    summary: "run statements when a condition holds",
    discussion: """
      Conditions compare values with == != < <= > >= and are joined with `and`, `or` and `not`. \
      `else` stands on the line of the `}` before it.
      """,
    examples: [
      .init("let n = 5\nif $n > 3 { \"large\" } else { \"small\" }", "choose between two")
    ]
  )

  private static let assert = KeywordPage(
    name: "assert",
    synopsis: "assert CONDITION [, \"MESSAGE\"]",
    summary: "stop with an error unless a condition holds",
    discussion: "The error shows the values of both sides of the comparison that failed.",
    examples: [
      .init("assert 2 ^ 10 == 1024", "holds, so nothing happens"),
      .init("let loss = 0.2\nassert $loss < 0.5, \"loss is $loss\"", "a message with a value"),
    ]
  )

  private static let time = KeywordPage(
    name: "time",
    synopsis: "time STATEMENT",
    summary: "tell how long a statement takes",
    discussion: """
      The statement runs as without `time`; behind it a line tells the seconds that passed, the \
      processor time of all threads, and the largest memory of the program so far. Replays do not \
      compare that line.
      """,
    examples: [
      .init("time let n = 2 ^ 10", "time one statement"),
      .init("time for n in 1..100 { let square = $n ^ 2 }", "time a loop as a whole"),
    ]
  )

  private static let def = KeywordPage(
    name: "def",
    synopsis: "def NAME(VALUE, VALUE=DEFAULT, …) { … }",
    summary: "define a statement of your own",
    discussion: """
      The new statement is called like a command: `NAME 1 2`, or with names, `NAME 1 VALUE=2`. Values with a default may be left \
      out. The body sees all variables; what it sets is forgotten behind it, models and data stay.

      The statement has the value of the last one in its body, which `let` keeps: `let r = NAME 1`. Defined statements may call \
      each other up to 100 levels deep. A later `def` of the same name takes the place of an earlier one; commands cannot be \
      defined anew.
      """,
    examples: [
      .init(
        "def area(width, height=1) { $width * $height }\narea 3\nlet a = area 3 height=4\n$a",
        "with a default"
      ),
      .init(
        "def countdown(n) {\n  $n\n  if $n > 0 { countdown ($n - 1) }\n}\ncountdown 2",
        "a statement that calls itself"
      ),
    ]
  )
}
