import Autograd

/// Modules in a row; their names are their indices.
struct ModuleList: Module {
  let modules: [any Module]

  var members: [(name: String, member: Member)] {
    modules.enumerated().map { (String($0.offset), .module($0.element)) }
  }
}
