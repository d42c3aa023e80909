/// The syntax file of Vim and Neovim for statements.
struct VimSyntax {
  let syntax: EditorSyntax

  /// The content of the file.
  var text: String {
    let calls = syntax.calls.flatMap { lines(of: $0) }
    return [Self.head, general, calls.joined(separator: "\n"), Self.tail]
      .joined(separator: "\n\n") + "\n"
  }

  /// The pattern of a name.
  private static let name = #"\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*"#
  /// The end of a call's arguments, as parameters of a region.
  private static let end = #"skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/"#
  /// The end of the arguments of a command that may have a block.
  private static let blockEnd = end + #" end=/\ze{/"#
  /// A look-behind: not after part of a word.
  private static let before = #"\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!"#
  /// A look-ahead: not before part of a word.
  private static let behind = #"\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!"#

  private static func any(_ words: [String]) -> String {
    #"\%("# + words.joined(separator: #"\|"#) + #"\)"#
  }

  private func word(_ words: [String]) -> String { #"\<"# + Self.any(words) + #"\>"# }

  private static let head = """
    " Vim syntax file
    " Language: statements of rse (scripts, and the code of notebooks)
    " Written by: rse help --all --vim > Assets/editors/vim/syntax/rse.vim

    if exists('b:current_syntax')
      finish
    endif
    syntax case match
    syntax sync minlines=200
    """

  private var general: String {
    let name = Self.name
    return #"""
      " Calls of what is no command
      syntax region rseUnknownCall matchgroup=rseUnknown start=/\#(Self.before)\#(name)\%(-\|\w\|[^\x00-\x7F]\)*\#(Self.behind)/ \#(Self.blockEnd) contains=@rseArgument,rseAnyOption
      syntax match rseAnyOption /\%(^\|\s\)\@1<=\h[[:alnum:]_-]*=/ contained

      " Words, values and operators
      syntax match rseWord /\%(\%([A-Za-z0-9_\/.~:@%+*?!-]\|[^\x00-\x7F]\)\%([A-Za-z0-9_\/.~:@%+*?!#-]\|[^\x00-\x7F]\)*\)\@>=\@!/ contained
      syntax match rseOperator /==\|!=\|<=\|>=\|[-+*\/%^<>]/
      syntax match rseDelimiter /[,;]/
      syntax match rseContinuation /\\$/
      syntax match rseOperator /\.\./
      syntax match rseOperator /\<by\>\%(\s*\*\)\=/
      syntax match rseKeyword /\<every\>/ contained
      syntax match rseNumber /\%(\w\|[.\/]\)\@1<!-\=\%(\d\+\%(\.\d\+\)\=\|\.\d\+\)\%([eE][-+]\=\d\+\)\=\%(Ki\|Mi\|k\|M\)\=\%(\.\=[[:alpha:]_\/]\)\@!/
      syntax match rseNumber /\%(\.\.\)\@2<=-\=\%(\d\+\%(\.\d\+\)\=\|\.\d\+\)\%([eE][-+]\=\d\+\)\=\%(Ki\|Mi\|k\|M\)\=\%(\.\=[[:alpha:]_\/]\)\@!/
      syntax match rseConstant /\#(word(syntax.constants))/
      syntax match rseLogic /\#(word(syntax.operators))/
      syntax match rseFunction /\#(word(syntax.functions))\ze(/
      syntax region rseParen matchgroup=rseDelimiter start=/(/ end=/)/ contains=@rseExpression,rseKeywordEach,rseValueName
      syntax match rseValueName /\%([(,]\s*\)\@<=\#(name)\s*==\@!/ contained
      syntax match rseKeywordEach /\<i[fn]\>/ contained
      syntax match rseKeywordEach /\<for\>/ contained nextgroup=rseForNameEach skipwhite
      syntax match rseForNameEach /\#(name)/ contained nextgroup=rseEachComma skipwhite
      syntax match rseEachComma /,/ contained nextgroup=rseForNameEach skipwhite

      " Variables and text
      syntax match rseReference /\$\#(name)\%(\.\#(name)\|\[\%([^][]\|\[[^][]*\]\)*\]\)*/
      syntax match rseReference /\${[^}]*}/
      syntax match rseInText /\$\#(name)/ contained
      syntax match rseInText /\${[^}]*}/ contained
      syntax match rseEscape /\\\%([nt"\\$]\|$\)/ contained
      syntax region rseString start=/"/ skip=/\\./ end=/"/ contains=rseEscape,rseInText
      syntax region rseString start=/'/ end=/'/
      syntax region rseTailString start=/\%([[:blank:](\[{,=]\)\@1<="/ skip=/\\./ end=/"/ oneline contained contains=rseEscape,rseInText
      syntax region rseTailString start=/\%([[:blank:](\[{,=]\)\@1<='/ end=/'/ oneline contained
      syntax region rseTailBrace start=/{/ end=/}/ oneline contained contains=rseTailBrace,rseInText,rseTailString

      syntax cluster rseExpression contains=rseOperator,rseDelimiter,rseContinuation,rseNumber,rseConstant,rseLogic,rseFunction,rseParen,rseReference,rseString,rseComment
      syntax cluster rseArgument contains=rseWord,@rseExpression,rseKeyword,rseInText

      " Statements
      syntax match rseKeyword /\#(word(syntax.keywords))/
      syntax match rseKeyword /\<let\>/ nextgroup=rseNewName skipwhite
      syntax match rseNewName /\#(name)/ contained nextgroup=rseAssign skipwhite
      syntax match rseAssign /=/ contained
      syntax region rseParam matchgroup=rseKeyword start=/\<param\>/ \#(Self.end) contains=@rseArgument,rseAssign,rseParamName
      syntax match rseParamName /\%(\<param\s\+\)\@<=\#(name)/ contained
      syntax region rseFor matchgroup=rseKeyword start=/\<for\>/ end=/$/ end=/\ze{/ contains=@rseArgument,rseIn,rseForName
      syntax match rseForName /\%(\<for\s\+\%(\#(name)\s*,\s*\)\=\)\@<=\#(name)/ contained
      syntax match rseIn /\<in\>/ contained
      syntax region rseDef matchgroup=rseKeyword start=/\<def\>/ end=/$/ end=/\ze{/ contains=rseDefName,rseDefParen
      syntax match rseDefName /\%(\<def\s\+\)\@<=\#(name)\%(-\|\w\|[^\x00-\x7F]\)*/ contained
      syntax region rseDefParen matchgroup=rseDelimiter start=/(/ end=/)/ contained contains=@rseExpression,rseDefValue,rseAssign
      syntax match rseDefValue /\%([(,]\s*\)\@<=\#(name)\ze\s*[,=)]/ contained
      syntax region rseBlock matchgroup=rseDelimiter start=/{/ end=/}/ contains=TOP transparent
      syntax match rseComment /\%(^\|\s\)\@1<=#.*$/ contains=@Spell
      """#
  }

  /// Returns the lines for a command's call: a region, and its options.
  private func lines(of call: EditorSyntax.Call) -> [String] {
    let group = (call.isRaw ? "rseTail_" : "rseCall_") + call.name
    let option = "rseOption_" + call.name
    let inside = call.isRaw ? "rseInText,rseTailString,rseTailBrace" : "@rseArgument"
    let any = call.takesVariables ? ",rseAnyOption" : ""
    let contains = inside + any + (call.options.isEmpty ? "" : "," + option)
    let end = call.isRaw ? Self.end : Self.blockEnd
    let starts =
      [Self.before + Self.any(call.words) + Self.behind] + call.signs.map { #"\V"# + $0 }
    var lines = starts.map {
      "syntax region \(group) matchgroup=rseCommand start=/\($0)/ \(end) contains=\(contains)"
    }
    if call.isRaw { lines.append("highlight default link \(group) rseText") }
    if !call.options.isEmpty {
      lines += [
        #"syntax match \#(option) /\%(^\|\s\)\@1<=\#(Self.any(call.options))=/ contained"#,
        "highlight default link \(option) rseOption",
      ]
    }
    return lines
  }

  private static let tail = """
    highlight default link rseCommand Function
    highlight default link rseKeyword Keyword
    highlight default link rseIn Keyword
    highlight default link rseKeywordEach Keyword
    highlight default link rseForNameEach Identifier
    highlight default link rseEachComma Delimiter
    highlight default link rseLogic Keyword
    highlight default link rseOption Identifier
    highlight default link rseFunction Function
    highlight default link rseConstant Boolean
    highlight default link rseNumber Number
    highlight default link rseString String
    highlight default link rseTailString String
    highlight default link rseEscape SpecialChar
    highlight default link rseReference Identifier
    highlight default link rseInText Identifier
    highlight default link rseNewName Identifier
    highlight default link rseParamName Identifier
    highlight default link rseForName Identifier
    highlight default link rseDefName Function
    highlight default link rseDefValue Identifier
    highlight default link rseValueName Identifier
    highlight default link rseAnyOption Identifier
    highlight default link rseOperator Operator
    highlight default link rseAssign Operator
    highlight default link rseDelimiter Delimiter
    highlight default link rseContinuation Special
    highlight default link rseComment Comment

    let b:current_syntax = 'rse'
    """
}
