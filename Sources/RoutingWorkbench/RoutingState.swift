import Routing
import Sessions

/// A session's state of routes.
struct RoutingState: SessionState {
  /// The last permutation that was routed, and the network for it.
  var last: (permutation: Permutation, form: NetworkForm)? {
    didSet { isAboutQuiz = false }
  }
  /// The last quiz that was begun.
  var quiz: RoutingQuiz? {
    didSet { isAboutQuiz = true }
  }
  /// True if the quiz is later than the last route.
  private(set) var isAboutQuiz = false
}

extension Session {
  /// The session's state of routes.
  var routing: RoutingState {
    get { self[state: RoutingState.self] }
    set { self[state: RoutingState.self] = newValue }
  }
}
