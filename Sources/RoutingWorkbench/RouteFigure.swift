import CommandLanguage
import Figures
import Plotting
import Routing
import Sessions
import Wording

/// A permutation on its way through a network.
package enum RouteFigure {
  private static let permutation = CommandArgument(
    "permutation",
    .text,
    "what is routed",
    otherwise: "what was routed last"
  )
  private static let network = CommandArgument(
    "network",
    .choice(NetworkForm.self),
    "what it is sent through",
    otherwise: "benes, or that of what was routed last"
  )
  private static let animate = CommandArgument(
    "animate",
    .boolean,
    "show the elements moving",
    default: false
  )

  package static let plotted = PlottedFigure(
    name: "route",
    summary: "a permutation on its way through a network of switches",
    discussion: """
      Boxes are switches, each element has a colour. Boxes of one colour share their weights in an RSE network. \
      `permutation="rotate 3"` says what is routed, as behind `route`, with n=, seed= and pad= in the same quotes; \
      without it that is what was routed last. `animate=on` makes an animated file, `.png` or `.gif`. During a `quiz` \
      it is the quiz, as far as its switches are set.
      """,
    options: [permutation, network, animate],
    examples: [
      .init("route bitreversal; plot route benes.png", "what was routed last"),
      .init(
        "plot route swap.png permutation=\"1 0\" animate=on",
        "two elements that change places, moving"
      ),
    ],
    hasModels: false
  ) { request, session in
    let arguments = request.arguments
    if let quiz = openQuiz(arguments, in: session) {
      guard !arguments[animate] else {
        throw arguments.error(
          on: animate,
          "elements cannot move while switches of the quiz are open",
          remedy: "say what is routed, such as permutation=\"3 1 0 2\", or leave animate= out"
        )
      }
      return plot(of: quiz, title: request.title)
    }
    let routed = try routed(arguments, in: session)
    let count = routed.count
    guard count <= RouteDrawing.largest else {
      throw arguments.error(
        on: permutation,
        "\(grouped(count)) elements are too many to draw, the limit is \(RouteDrawing.largest)",
        remedy: "`route … quiet=on` prints a summary"
      )
    }
    let isAnimated = arguments[animate]
    guard !isAnimated || count <= RouteAnimation.largest else {
      throw arguments.error(
        on: animate,
        "\(count) elements are too many to animate, the limit is \(RouteAnimation.largest)",
        remedy: "leave animate= out for a still picture"
      )
    }
    let last = arguments.has(permutation) ? nil : session.routing.last?.form
    let form = arguments[network] ?? last ?? .benes
    let route = Route(routed, through: form) {}
    session.routing.last = (routed, form)
    let report = RouteReport(route) {}
    let drawing = RouteDrawing(route, theme: .light)
    return Plot(
      figure: Figure(
        title: request.title ?? title(of: route.wiring),
        subtitle: report.summary,
        panels: [
          Panel(
            drawing: drawing.drawing,
            dark: RouteDrawing(route, theme: .dark).drawing
          )
        ],
        size: Size(max(420, drawing.size.width + 32), drawing.size.height + 76)
      ),
      slots: [],
      values: report.record,
      frames: isAnimated ? { RouteAnimation(route, theme: $0).frames } : nil
    )
  }

  /// Returns the open quiz, unless the arguments or a later `route` are about something else.
  private static func openQuiz(_ arguments: BoundArguments, in session: Session) -> RoutingQuiz? {
    guard session.routing.isAboutQuiz, !arguments.has(permutation), !arguments.has(network),
      let quiz = session.routing.quiz, quiz.question != nil
    else { return nil }
    return quiz
  }

  private static func plot(of quiz: RoutingQuiz, title: String?) -> Plot {
    let board = RouteBoard(quiz)
    let drawing = RouteDrawing(board, theme: .light)
    let words = QuizWords(quiz: quiz)
    return Plot(
      figure: Figure(
        title: title ?? Self.title(of: quiz.wiring),
        subtitle: words.summary,
        panels: [
          Panel(drawing: drawing.drawing, dark: RouteDrawing(board, theme: .dark).drawing)
        ],
        size: Size(max(420, drawing.size.width + 32), drawing.size.height + 76)
      ),
      slots: [],
      values: words.record
    )
  }

  private static func title(of wiring: NetworkWiring) -> String {
    switch wiring.form {
    case .benes: "Beneš network, wired as an RSE network"
    case .recursive: "Beneš network, as textbooks draw it"
    case .waksman: "Waksman's network"
    case .omega: "Omega network, the second half of a Beneš network"
    }
  }

  private static func routed(
    _ arguments: BoundArguments,
    in session: Session
  ) throws(Diagnostic) -> Permutation {
    if let text = arguments[permutation] {
      return try RoutingOptions.permutation(text, about: permutation, in: session)
    }
    guard let permutation = session.routing.last?.permutation else {
      throw arguments.error(
        on: PlotOptions.figure,
        "no permutation has been routed yet",
        remedy: "`plot route permutation=\"3 1 0 2\"`, or `route 3 1 0 2` before it"
      )
    }
    return permutation
  }
}
