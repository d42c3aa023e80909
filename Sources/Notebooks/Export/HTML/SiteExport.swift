import Files
import Foundation

/// Linked pages of several notebooks in one folder, with a page that lists them.
package struct SiteExport: Sendable {
  /// The files; the list of pages is last.
  package let files: [ExportedFile]
  /// Pictures that are missing, each with the notebook that names it.
  package let missing: [(notebook: String, name: String)]

  /// Makes pages of notebooks.
  ///
  /// A page's path in the site is the notebook's path in the folder common to all of them.
  ///
  /// - Parameters:
  ///   - notebooks: The notebooks, in the order of the list.
  ///   - folder: The folder in which the site is written.
  ///   - evaluator: Divides the code into cells.
  ///   - options: The options of the export.
  ///
  /// Throws ``SiteError`` if two notebooks would have the same page.
  package init(
    _ notebooks: [Notebook],
    in folder: String,
    groupedBy evaluator: any NotebookEvaluator,
    options: ExportOptions
  ) throws(SiteError) {
    let paths = notebooks.map { Self.parts(of: $0.file) }
    let root = Self.commonFolder(of: paths)
    var pages: [[String]: [String]] = [:]
    var owners: [[String]: String] = [["index.html"]: "the list of the pages"]
    for (notebook, path) in zip(notebooks, paths) {
      var page = Array(path.dropFirst(root))
      page[page.count - 1] = page[page.count - 1].withoutNotebookSuffix + ".html"
      if let owner = owners[page] {
        throw SiteError(page: page.joined(separator: "/"), first: owner, second: notebook.file)
      }
      owners[page] = notebook.file
      pages[path] = page
    }
    var files: [ExportedFile] = []
    var missing: [(notebook: String, name: String)] = []
    var entries = ""
    for (notebook, path) in zip(notebooks, paths) {
      let page = pages[path] ?? []
      let document = ExportDocument(notebook, groupedBy: evaluator)
      var export = HTMLExport(
        document: document,
        shelf: PictureShelf(folder: notebook.file.folderName),
        colors: options.colors,
        links: SiteLinks(notebook: path, page: page, pages: pages)
      )
      let text = export.page()
      let name = page.joined(separator: "/")
      files.append(ExportedFile(path: name.inFolder(folder), bytes: Array(text.utf8)))
      missing += export.shelf.missing.map { (notebook.file, $0) }
      let title = HTMLText.escaped(document.title)
      let summary = document.summary.map { "<p>\(HTMLText.escaped($0))</p>" } ?? ""
      entries += "<li><a href=\"\(MarkdownText.address(name))\">\(title)</a>\(summary)</li>\n"
    }
    let list = """
      \(HTMLExport.head(title: "Notebooks"))<body>
      <main>
      <h1>Notebooks</h1>
      <ul class="contents">
      \(entries)</ul>
      </main>
      </body>
      </html>

      """
    files.append(ExportedFile(path: "index.html".inFolder(folder), bytes: Array(list.utf8)))
    self.files = files
    self.missing = missing
  }

  /// Writes the files, each atomically, the list last; creates their folders.
  package func write() throws {
    for file in files {
      try FileManager.default.createDirectory(
        atPath: file.path.folderName,
        withIntermediateDirectories: true
      )
      try AtomicFile.write(file.bytes, to: file.path)
    }
  }

  /// Returns the components of a file's absolute path.
  private static func parts(of path: String) -> [String] {
    URL(fileURLWithPath: path).standardizedFileURL.pathComponents
  }

  /// Returns the number of components that begin all paths, file names excluded.
  private static func commonFolder(of paths: [[String]]) -> Int {
    guard let first = paths.first else { return 0 }
    var count = first.count - 1
    for path in paths {
      count = min(count, path.count - 1)
      while first.prefix(count) != path.prefix(count) { count -= 1 }
    }
    return count
  }
}

/// The error that two pages of a site would have the same file.
package struct SiteError: LocalizedError {
  let page: String
  let first: String
  let second: String

  /// The error and its remedy.
  package var errorDescription: String? {
    "\(second) and \(first) would both be \(page) in the site; give the notebook another name"
  }
}

/// The targets of a page's links in a site.
struct SiteLinks: Sendable {
  /// The components of the notebook's path.
  let notebook: [String]
  /// The components of the page's path in the site.
  let page: [String]
  /// The pages of all notebooks, by the components of the notebooks' paths.
  let pages: [[String]: [String]]

  /// The link to the list of all pages.
  var navigation: String {
    let up = String(repeating: "../", count: page.count - 1)
    return "<nav><a href=\"\(up)index.html\">All notebooks</a></nav>\n"
  }

  /// Returns a link's target: a notebook's page, or unchanged an external address or one within the page; nil for
  /// files that are not in the site.
  func address(_ address: String) -> String? {
    guard MarkdownTree.scheme(of: address) == nil, !address.hasPrefix("//"),
      !address.hasPrefix("#"), !address.isEmpty
    else { return address }
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let path = (name.removingPercentEncoding ?? name).inFolder(
      "/" + notebook.dropFirst().dropLast().joined(separator: "/")
    )
    let target = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
    guard let other = pages[target] else { return nil }
    let up = String(repeating: "../", count: page.count - 1)
    let place = parts.count > 1 ? "#" + parts[1] : ""
    return up + MarkdownText.address(other.joined(separator: "/")) + place
  }
}

extension ExportDocument {
  /// The words of the first paragraph of prose.
  var summary: String? {
    blocks.lazy.compactMap { block in
      if case .prose(let text) = block { MarkdownTree(text)?.firstParagraph } else { nil }
    }.first
  }
}
