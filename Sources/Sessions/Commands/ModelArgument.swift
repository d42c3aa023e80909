import CommandLanguage

/// The argument that names the model that a command is about.
enum ModelArgument {
  static let of = CommandArgument(
    "of",
    .name(of: "model"),
    "the model",
    otherwise: "the current one"
  )
}
