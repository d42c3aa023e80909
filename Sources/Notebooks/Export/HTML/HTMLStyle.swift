/// The style sheet of exported pages.
package enum HTMLStyle {
  /// The style sheet: a column of text as on paper, light or dark according to the reader's device.
  package static let sheet = palette + text + cells + edges

  private static let palette = """
    :root {
      color-scheme: light dark;
      --paper: #fdfcf9; --ink: #23211d; --pale: #6b665c; --panel: #f5f2eb; --rule: #e2dccf;
      --link: #1d5787; --failure: #a3262b; --expected: #8a5a00;
      --comment: #6b665c; --keyword: #7a3e8f; --command: #1d5787; --option: #4a5a1a;
      --variable: #9a4a12; --number: #23211d; --string: #2b6a3b;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #191816; --ink: #dedad2; --pale: #9d978b; --panel: #22201d; --rule: #38342e;
        --link: #8dbbe6; --failure: #f29a94; --expected: #d9b26a;
        --comment: #9d978b; --keyword: #cda3de; --command: #8dbbe6; --option: #b9c987;
        --variable: #e3ab80; --number: #dedad2; --string: #97cba4;
      }
      img { filter: brightness(.9); }
    }

    """

  private static let text = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.6 "Iowan Old Style", Palatino, "Palatino Linotype", "Book Antiqua",
        "TeX Gyre Pagella", Georgia, "Liberation Serif", serif;
      overflow-wrap: break-word; hyphens: auto;
    }
    main, footer { max-width: 43rem; margin: 0 auto; padding: 0 1.25rem; }
    main { padding-top: clamp(1.5rem, 7vw, 4.5rem); }
    h1, h2, h3, h4, h5, h6 {
      line-height: 1.25; font-weight: 600; margin: 2em 0 .6em; text-wrap: balance; hyphens: none;
      break-after: avoid;
    }
    h1 { font-size: clamp(1.6rem, 6vw, 2.1rem); margin: 0 0 .9em; letter-spacing: -.01em; }
    h2 { font-size: 1.35rem; }
    h3 { font-size: 1.12rem; }
    h4, h5, h6 { font-size: 1rem; font-style: italic; }
    p, ul, ol, dl, blockquote, .table, .plain { margin: 0 0 1em; }
    ul, ol { padding-left: 1.4em; }
    li > ul, li > ol { margin-bottom: 0; }
    a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .18em; }
    blockquote {
      margin-left: 0; padding-left: 1.1em; border-left: 2px solid var(--rule); color: var(--pale);
    }
    hr { border: 0; border-top: 1px solid var(--rule); margin: 2.5em auto; width: 40%; }
    code, pre, samp {
      font-family: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono",
        "Liberation Mono", monospace;
      hyphens: none;
    }
    code { font-size: .84em; background: var(--panel); padding: .1em .3em; border-radius: 3px;
      -webkit-box-decoration-break: clone; box-decoration-break: clone; }
    pre {
      margin: 0 0 1em; padding: .85rem 1rem; overflow-x: auto; font-size: .82rem; line-height: 1.5;
      background: var(--panel); border-radius: 6px; tab-size: 8; overflow-wrap: normal;
    }
    pre code, pre samp { font-size: inherit; background: none; padding: 0; }
    .table { overflow-x: auto; }
    table {
      border-collapse: collapse; font-size: .94em; font-variant-numeric: tabular-nums; hyphens: none;
    }
    th, td { padding: .35em .9em .35em 0; text-align: left; vertical-align: top; }
    th { border-bottom: 1px solid var(--pale); font-weight: 600; }
    td { border-bottom: 1px solid var(--rule); }
    th[align=right], td[align=right] { text-align: right; }
    th[align=center], td[align=center] { text-align: center; }
    img { max-width: 100%; height: auto; border-radius: 4px; }

    """

  private static let cells = """
    .cells {
      margin: 1.4em 0 1.6em; padding: .6rem 0; background: var(--panel); border-radius: 6px;
    }
    .cells pre { margin: 0; padding: .1rem 1rem; background: none; border-radius: 0; }
    .cells pre.output {
      margin: .15rem 0 .55rem 1rem; padding: 0 1rem 0 .8rem; border-left: 2px solid var(--rule);
    }
    .cells .table.output {
      margin: .3rem 0 .65rem 1rem; padding: 0 1rem 0 .8rem; border-left: 2px solid var(--rule);
    }
    .table.output table {
      font-family: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono",
        "Liberation Mono", monospace;
      font-size: .82rem; line-height: 1.35; white-space: pre;
    }
    .table.output th, .table.output td { padding: .2em 1.2em .2em 0; }
    .table.output :last-child { padding-right: 0; }
    section:last-child > :last-child { margin-bottom: 0; }
    section { position: relative; }
    .copy {
      position: absolute; top: 0; right: .5rem; z-index: 1; padding: .1rem .5rem; opacity: 0;
      font: .75rem/1.5 system-ui, sans-serif; color: var(--pale); background: var(--paper);
      border: 1px solid var(--rule); border-radius: 4px; cursor: pointer;
    }
    section:hover .copy, .copy:focus-visible { opacity: 1; }
    @media (hover: none) {
      .copy { position: static; float: right; margin: 0 .5rem 0 0; opacity: 1; }
    }
    .volatile { color: var(--pale); }
    figure { margin: .6rem 1rem .8rem; }
    figure img { display: block; }
    .failure {
      margin: .2rem 0 .6rem 1rem; padding: 0 0 0 .8rem; border-left: 2px solid var(--mark);
    }
    .failure.expected { --mark: var(--expected); }
    .failure.unexpected { --mark: var(--failure); }
    .failure p { margin: 0; font-size: .82rem; font-style: italic; color: var(--mark); }
    .cells .failure pre { padding-left: 0; }
    .missing { color: var(--failure); font-style: italic; }
    p.missing { margin: .3rem 1rem .6rem; font-size: .9rem; }
    .missing code { font-style: normal; }
    .comment { color: var(--comment); }
    .keyword { color: var(--keyword); }
    .command { color: var(--command); }
    .option { color: var(--option); }
    .variable { color: var(--variable); }
    .number { color: var(--number); }
    .string { color: var(--string); }

    """

  private static let edges = """
    footer { margin-top: 3.5rem; padding-bottom: 3rem; font-size: .86rem; color: var(--pale); }
    footer details { border-top: 1px solid var(--rule); padding-top: .9rem; }
    summary { cursor: pointer; }
    footer dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1rem; margin: .8rem 0; }
    dt { font-style: italic; }
    dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 30rem) {
      body { font-size: 1rem; }
      .cells { margin-left: -1.25rem; margin-right: -1.25rem; border-radius: 0; }
      .cells pre { padding-left: 1.25rem; padding-right: 1.25rem; }
      .cells pre.output, .failure { margin-left: 1.25rem; }
      pre { font-size: .78rem; }
      figure { margin-left: 0; margin-right: 0; }
      figure img { border-radius: 0; }
      p.missing { margin-left: 1.25rem; margin-right: 1.25rem; }
    }
    nav { margin: 0 0 1.5em; font-size: .9rem; }
    .contents { padding: 0; list-style: none; }
    .contents li { margin: 0 0 1em; }
    .contents p { margin: 0; color: var(--pale); }
    /* Lines of 100 characters fit beside prose that is narrower. */
    @media (min-width: 62rem) {
      .cells, main > pre { width: 58rem; margin-left: calc((100% - 58rem) / 2); }
    }
    @media print {
      .copy { display: none; }
      .cells, main > pre { width: auto; margin-left: 0; }
      body { background: none; font-size: 10.5pt; }
      .cells pre, pre { white-space: pre-wrap; overflow: visible; }
      figure, .failure, table { break-inside: avoid; }
    }

    """
}
