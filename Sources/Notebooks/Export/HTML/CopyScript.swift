/// The script of exported pages, which puts a button for copying beside each piece of code.
///
/// The page is whole without it: it makes the buttons itself.
enum CopyScript {
  /// The script; the digest is of these bytes.
  static let text = """

    for (const code of document.querySelectorAll("pre.code")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(code.textContent);
        } catch {
          getSelection().selectAllChildren(code);
          document.execCommand("copy");
        }
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      code.before(button);
    }

    """

  /// What the page's policy allows: this script and no other.
  static let source = "'sha256-Z+G49wmqWRrsPM/vPKQWF+jMkmW1sRgNtMO8dOCIxUo='"
}
