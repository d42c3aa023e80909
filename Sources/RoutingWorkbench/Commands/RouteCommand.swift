import CommandLanguage
import Figures
import Foundation
import Routing
import Sessions

/// `route 3 1 0 2`
package struct RouteCommand: Command {
  private static let network = CommandArgument(
    "network",
    .choice(NetworkForm.self),
    "what it is sent through",
    default: .benes
  )
  private static let steps = CommandArgument(
    "steps",
    .boolean,
    "tell how the switches are found",
    default: false
  )
  private static let quiet = CommandArgument(
    "quiet",
    .boolean,
    "print the summary only",
    default: false
  )

  package static let declaration = CommandDeclaration(
    name: "route",
    summary: "Send a permutation through a network of switches",
    discussion: """
      A switch lets two elements pass straight or crosses them. `benes` is wired as the networks of `model rse` are, \
      by perfect shuffles; `recursive` is the same network as textbooks draw it; `waksman` does without some of its \
      switches; `omega` is the second half of `benes` with one more shuffle behind it, which blocks most \
      permutations: two elements then need the same output of a switch. The numbers in the drawing are elements, \
      each called by the place where it enters.

      `steps=on` tells in words how the looping algorithm finds the settings, `plot route` draws a picture, `quiz` asks \
      for the switches one by one. The record has `elements`, `columns`, `switches`, `crossed`, `loops`, \
      `blocked`, `conflicts`, `arrived`, `bits` (log2 n!, which as many switches at least must tell apart) and, up to \
      1,024 elements, `targets`. `help routing` explains it all.
      """,
    signature: Signature(
      rawTail: RoutingOptions.permutation,
      options: [network, steps, quiet] + RoutingOptions.options
    ),
    examples: [
      .init("route 3 1 0 2", "element 0 goes to place 3, 1 stays, and so on"),
      .init("route reverse steps=on", "how the switches are found, loop by loop"),
      .init(
        "let r = route bitreversal network=omega\nassert $r.blocked",
        "half of the network is not enough"
      ),
      .init("route random n=4096 seed=3 quiet=on", "4,096 elements"),
      .init("route (0 3)(1 2)", "cycles: 0 and 3 change places, 1 and 2 too"),
    ],
    category: Category.routing
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    guard let permutation = try RoutingOptions.permutation(arguments, in: session) else {
      return .nothing
    }
    let count = permutation.count
    let form = arguments[Self.network]
    let isQuiet = arguments[Self.quiet]
    let steps = arguments[Self.steps]
    guard isQuiet || count <= RoutingOptions.largestDrawing else {
      throw arguments.error(
        on: RoutingOptions.permutation,
        RoutingOptions.tooLarge(count),
        remedy: "quiet=on prints the summary"
          + (count <= RouteDrawing.largest
            ? ", `plot route` draws up to \(RouteDrawing.largest)" : "")
      )
    }
    if steps, form == .omega {
      throw arguments.error(
        on: Self.steps,
        "an omega network has no loops: each element has one way only",
        remedy: "leave steps= out, or choose another network"
      )
    }
    let start = ContinuousClock.now
    let route = try Route(permutation, through: form, keepsLoops: steps) {
      try session.checkInterruption()
    }
    let seconds = start.secondsAgo
    session.routing.last = (permutation, form)
    if !isQuiet {
      session.emit(permutation.arrows)
      RouteBoard(route).lines.forEach { session.emit($0) }
      if steps { ([""] + RouteStory(route: route).lines).forEach { session.emit($0) } }
      session.emit("")
    }
    let report = try RouteReport(route) { try session.checkInterruption() }
    report.lines.forEach { session.emit($0) }
    if count >= Self.timedCount {
      session.emit(String(format: "routed in %.2f s", seconds), .volatile)
    }
    return .record(report.record)
  }

  /// The number of elements from which on the time of routing is reported.
  private static let timedCount = 1 << 14
}
