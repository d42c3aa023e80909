import Routing
import Sessions

/// What a session knows of routes.
struct RoutingState: SessionState {
  /// The permutation that was routed last, and through what.
  var last: (permutation: Permutation, form: NetworkForm)? {
    didSet { isAboutQuiz = false }
  }
  /// The quiz that was begun last.
  var quiz: RoutingQuiz? {
    didSet { isAboutQuiz = true }
  }
  /// Whether the quiz is later than what was routed last.
  private(set) var isAboutQuiz = false
}

extension Session {
  /// What the session knows of routes.
  var routing: RoutingState {
    get { self[state: RoutingState.self] }
    set { self[state: RoutingState.self] = newValue }
  }
}
