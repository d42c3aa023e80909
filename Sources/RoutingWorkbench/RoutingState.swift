import Routing
import Sessions

/// What a session knows of routes.
struct RoutingState: SessionState {
  /// The permutation that was routed last, and through what.
  var last: (permutation: Permutation, form: NetworkForm)?
  /// The quiz that was begun last.
  var quiz: RoutingQuiz?
}

extension Session {
  /// What the session knows of routes.
  var routing: RoutingState {
    get { self[state: RoutingState.self] }
    set { self[state: RoutingState.self] = newValue }
  }
}
