import Routing

/// What a session knows of routes.
struct RoutingState {
  /// The permutation that was routed last, and through what.
  var last: (permutation: Permutation, form: NetworkForm)?
  /// The quiz that was begun last.
  var quiz: RoutingQuiz?
}
