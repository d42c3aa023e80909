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

      `--pytorch` writes rse_network.py, which reads a model that `save` has written and gives the same logits; \
      `rse help pytorch` tells more.
      """
  )

  @Argument(
    help: "The notebook (.rsenb), or with --pytorch the model (.safetensors).",
    completion: .file(extensions: ["rsenb", "safetensors"])
  )
  var file: String
  @Flag(help: "One self-contained HTML page; this is the default.") var html = false
  @Flag(help: "Markdown, with a folder of pictures.") var md = false
  @Flag(help: "A Jupyter notebook.") var ipynb = false
  @Flag(help: "The PyTorch module for a model of symbols.") var pytorch = false
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
    let endings = pytorch ? ["py"] : ipynb ? ["ipynb"] : md ? ["md", "markdown"] : ["html", "htm"]
    if let output, !endings.contains((output as NSString).pathExtension.lowercased()) {
      throw ValidationError("the name of the file to write ends in .\(endings[0]): \(output)")
    }
  }

  func run() throws {
    let printer = Printer.withoutProgress
    try printer.reportingFaults {
      guard !pytorch else { return try exportModule() }
      let format = ipynb ? NotebookExport.Format.jupyter : md ? .markdown : .html
      let path = output ?? format.path(beside: file)
      var options = ExportOptions()
      options.colors = Catalog.workbench.codeColors
      let export = NotebookExport.make(
        try Notebook(contentsOf: file),
        as: format,
        to: path,
        groupedBy: NotebookSession(Session()),
        options: options
      )
      try export.write()
      for name in export.missing {
        printer.message("warning: no picture \(name): `rse record \(file)` makes what is missing")
      }
      Terminal.write("\(path)\n", to: .standardOutput)
    }
  }

  private func exportModule() throws {
    let folder = (file as NSString).deletingLastPathComponent
    let path = output ?? (folder as NSString).appendingPathComponent(PyTorchModule.fileName)
    try PyTorchModule.write(for: file, to: path)
    Terminal.write("\(path)\n", to: .standardOutput)
  }
}
