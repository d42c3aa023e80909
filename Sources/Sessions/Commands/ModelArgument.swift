import CommandLanguage

/// The argument that names a command's model.
enum ModelArgument {
  static let of = CommandArgument(
    "of",
    .name(of: "model"),
    "the model",
    otherwise: "the current one"
  )
}
