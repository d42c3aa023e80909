import ArgumentParser
import Files
import Foundation
import Notebooks
import Sessions
import Workbench

/// `rse export FILE`, of a notebook or a model
struct ExportFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Make a page of a notebook with its pictures, or a PyTorch module for a model.",
    discussion: """
      Nothing is run: what was recorded is shown. The HTML page is one file with the pictures inside, \
      Markdown comes with a folder of pictures, `--ipynb` opens in Jupyter.

      `--site FOLDER` makes pages of several notebooks, whose links to each other lead to these, and a list of them.

      `--pytorch` writes rse_network.py, which reads a model that `save` has written and gives the same logits; \
      `rse help pytorch` tells more.
      """
  )

  @Argument(
    help: ArgumentHelp(
      "The notebook (.rsenb), with --site several, or with --pytorch the model (.safetensors).",
      valueName: "file"
    ),
    completion: .file(extensions: ["rsenb", "safetensors"])
  )
  var files: [String]
  @Flag(help: "One self-contained HTML page; this is the default.") var html = false
  @Flag(help: "Markdown, with a folder of pictures.") var md = false
  @Flag(help: "A Jupyter notebook.") var ipynb = false
  @Flag(help: "The PyTorch module for a model of symbols.") var pytorch = false
  @Option(
    help: ArgumentHelp("A folder for the HTML pages of all the notebooks.", valueName: "folder"),
    completion: .directory
  )
  var site: String?
  @Option(
    name: [.short, .long],
    help: "The file to write, instead of one beside the notebook or model.",
    completion: .file()
  )
  var output: String?

  func validate() throws {
    guard [html, md, ipynb, pytorch].filter({ $0 }).count <= 1 else {
      throw ValidationError("choose one of --html, --md, --ipynb and --pytorch")
    }
    guard site == nil || !(md || ipynb || pytorch || output != nil) else {
      throw ValidationError("--site makes HTML pages with names of their own: leave out the rest")
    }
    guard files.count == 1 || site != nil else {
      throw ValidationError("one notebook at a time, or several with --site FOLDER")
    }
    let endings = pytorch ? ["py"] : ipynb ? ["ipynb"] : md ? ["md", "markdown"] : ["html", "htm"]
    if let output, !endings.contains((output as NSString).pathExtension.lowercased()) {
      throw ValidationError("the name of the file to write ends in .\(endings[0]): \(output)")
    }
  }

  private var file: String { files[0] }

  func run() throws {
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      if let site { return try exportSite(to: site, printer) }
      guard !pytorch else { return try exportModule() }
      let format = ipynb ? NotebookExport.Format.jupyter : md ? .markdown : .html
      let path = output ?? format.path(beside: file)
      let export = NotebookExport.make(
        try Notebook(contentsOf: file),
        as: format,
        to: path,
        groupedBy: NotebookSession(Session()),
        options: Self.exportOptions
      )
      try export.write()
      for name in export.missing {
        printer.message("warning: no picture \(name): `rse record \(file)` makes what is missing")
      }
      Terminal.write("\(path)\n", to: .standardOutput)
    }
  }

  private static var exportOptions: ExportOptions {
    var options = ExportOptions()
    options.colors = Catalog.workbench.codeColors
    return options
  }

  private func exportSite(to folder: String, _ printer: Printer) throws {
    let export = try SiteExport(
      try files.map { try Notebook(contentsOf: $0) },
      in: folder,
      groupedBy: NotebookSession(Session()),
      options: Self.exportOptions
    )
    try export.write()
    for (notebook, name) in export.missing {
      printer.message(
        "warning: \(notebook): no picture \(name): `rse record \(notebook)` makes what is missing"
      )
    }
    Terminal.write("\(export.files.last?.path ?? folder)\n", to: .standardOutput)
  }

  private func exportModule() throws {
    let folder = (file as NSString).deletingLastPathComponent
    let path = output ?? (folder as NSString).appendingPathComponent(PyTorchModule.fileName)
    try PyTorchModule.write(for: file, to: path)
    Terminal.write("\(path)\n", to: .standardOutput)
  }
}
