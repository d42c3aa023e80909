import CommandLanguage
import Networks
import Tasks
import Sessions
import Workbench

/// The program's reference, generated from its declarations.
struct Reference {
  let programs: [ProgramOptions.Page]
  let help = Session.help

  /// - Throws: A decoding error, see `ProgramOptions`.
  init() throws {
    programs = try ProgramOptions.read().pages
  }

  static let summary = """
    rse builds, trains and explores Residual Shuffle-Exchange networks. Without arguments it starts its \
    shell; with `-c` it runs commands, with a script on standard input that script; its subcommands run, \
    record and replay notebooks.
    """

  /// Keys of the shell, in addition to those of GNU readline.
  static let keys: [(term: String, text: String)] = [
    ("TAB", "completes commands, options, values, models, variables and files; twice: lists them"),
    ("Up, Down", "older and newer entries of the history; a block of several lines is one entry"),
    ("Ctrl-R", "searches the history backwards"),
    ("Ctrl-C", "drops the line; stops a command at the next safe point, within a second"),
    ("Ctrl-C twice", "within a second: leaves the program with status 130"),
    ("Ctrl-D", "leaves the shell"),
  ]

  /// The fields of a JSON object that `--json` prints.
  static let jsonKeys: [(term: String, text: String)] = [
    ("source", "what the statement stands in: a file, `-c` or `standard input`"),
    ("line", "the line that it begins on, from 1"),
    ("statement", "the statement as it is written; of `time` a second object with the times"),
    ("result", "its value: the fields that `$name.field` reaches, labels as keys; null for none"),
    ("output", "the lines that it would have printed"),
    ("error", "instead of statement and result: what went wrong, with column, notes and remedy"),
  ]

  /// Exit statuses.
  static let statuses = ExitStatus.allCases.map { (term: String($0.rawValue), text: $0.meaning) }

  /// Environment variables.
  static let variables: [(term: String, text: String)] = [
    (
      "RSE_THREADS",
      "threads that compute, instead of one per processor; results do not depend on it"
    ),
    (
      "RSE_KERNELS",
      "`avx512`, `avx2`, `neon` or `portable` instead of the fastest kernels; results are the same bits"
    ),
    (
      "RSE_PRODUCTS",
      "`openblas`: matrix products by OpenBLAS, whose results differ in their last digits"
    ),
    (
      "RSE_HISTORY",
      "the shell's history file instead of `$XDG_STATE_HOME/rse/history`; empty for none"
    ),
    (
      "RSE_ASSETS",
      "the folder of the models and the music that ship, instead of `Assets` beside the program"
    ),
    ("NO_COLOR", "no colours in messages and pictures"),
    ("PAGER", "shows pages that are longer than the screen, instead of `less`; empty for none"),
  ]

  /// Tasks, models and figures by name.
  static let catalogues: [(title: String, rows: [(term: String, text: String)])] = [
    (
      "Tasks",
      TaskFamilies.all.flatMap(\.listing).map { ($0.name, $0.summary) }
    ),
    ("Models", NetworkKind.allCases.map { ($0.rawValue, $0.summary) }),
    ("Figures", FigureList.all.map { ($0.name, $0.summary) }),
  ]

  /// Returns plain text for a terminal with `width` columns.
  func text(_ width: Int) -> String {
    let pages = help.topics.compactMap { help.page(named: $0, width: width) }
    return ([RSE.helpMessage(columns: width)] + pages).joined(
      separator: "\n\n" + String(repeating: "-", count: min(width, 80)) + "\n\n"
    ) + "\n"
  }

  /// Markdown, as in the documentation.
  var markdown: String {
    var parts = ["# Reference", Self.summary, "## Program"]
    for page in programs {
      parts.append("### \(page.name)")
      parts.append(page.command.abstract ?? "")
      parts.append("```\n\(page.synopsis)\n```")
      parts.append(Self.table(page.rows))
      if let discussion = page.command.discussion, page.name != "rse" {
        parts.append(discussion.split(separator: "\n").joined(separator: "  \n"))
      }
    }
    parts += ["## Keys", Self.table(Self.keys)]
    parts += ["## Output as JSON", "An object a line, with these keys:", Self.table(Self.jsonKeys)]
    parts += ["## Exit status", Self.table(Self.statuses)]
    parts += ["## Environment", Self.table(Self.variables)]
    for catalogue in Self.catalogues {
      parts += ["## \(catalogue.title)", Self.table(catalogue.rows)]
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n\n" + help.markdown(level: 2)
  }

  private static func table(_ rows: [(term: String, text: String)]) -> String {
    guard !rows.isEmpty else { return "" }
    let lines = rows.map { row in
      "| `\(row.term)` | \(row.text.replacing("|", with: "\\|")) |"
    }
    return (["| | |", "|---|---|"] + lines).joined(separator: "\n")
  }

  /// A manual page in roff.
  var manual: String {
    var sections = [
      ".TH RSE 1 \"\(programDate)\" \"rse \(programVersion)\" \"User Commands\"",
      Manual.section(
        "Name",
        ["rse \\- build, train and explore Residual Shuffle\\-Exchange networks"]
      ),
      Manual.section(
        "Synopsis",
        [Manual.literal(programs.map(\.synopsis).joined(separator: "\n"))]
      ),
      Manual.section("Description", Manual.paragraphs(Self.summary)),
    ]
    sections.append(
      Manual.section(
        "Options",
        programs.map { page in
          Manual.subsection(
            page.name,
            [Manual.line(page.command.abstract ?? "")] + Manual.terms(page.rows)
          )
        }
      )
    )
    sections.append(Manual.section("Keys", Manual.terms(Self.keys)))
    sections.append(Manual.section("Output as JSON", Manual.terms(Self.jsonKeys)))
    sections.append(Manual.section("Exit status", Manual.terms(Self.statuses)))
    sections.append(Manual.section("Environment", Manual.terms(Self.variables)))
    for catalogue in Self.catalogues {
      sections.append(Manual.section(catalogue.title, Manual.terms(catalogue.rows)))
    }
    return (sections + Manual.sections(of: help)).joined(separator: "\n") + "\n"
  }
}
