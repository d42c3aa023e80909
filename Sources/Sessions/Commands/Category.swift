/// The headings under which help lists the commands.
package enum Category {
  package static let models = "Models and data"
  package static let looking = "Looking"
  package static let routing = "Routing"
  package static let files = "Files and notebooks"
  package static let session = "Session"
}
