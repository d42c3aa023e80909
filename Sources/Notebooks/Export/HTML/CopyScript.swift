/// The script of exported pages, which adds a copy button to each piece of code.
///
/// The page is complete without it: the script creates the buttons itself.
enum CopyScript {
  /// The script; the digest below is of exactly these bytes.
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

  /// The script source that the page's content security policy allows: this script and no other.
  static let source = "'sha256-Z+G49wmqWRrsPM/vPKQWF+jMkmW1sRgNtMO8dOCIxUo='"
}
