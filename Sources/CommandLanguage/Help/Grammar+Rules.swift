extension Grammar {
  /// The rules, from scripts down to names.
  package static let rules = [
    Rule(
      name: "script",
      definition: "{ statement ( newline | `;` ) }",
      remark: """
        A backslash at the end of a line joins it with the next. `#` at a line's start or behind a \
        blank starts a comment.
        """,
      accepted: ["echo 1 ; echo 2 # two", "echo 1 \\\n  2", "# only a comment"],
      rejected: ["echo 1 }"]
    ),
    Rule(
      name: "statement",
      definition: "command | let | param | for | if | assert | time | def | sequence",
      remark: "The value of a sequence is shown. It does not start with a bare word.",
      accepted: ["echo", "$x", "(1 + 2) * 3", "\"text\"", "1, 2, 3", "max(1, 2)"],
      rejected: ["{ echo }", "= 5", "else { }"]
    ),
    Rule(
      name: "let",
      definition: "`let` name `=` ( command | sequence )",
      remark: "A bare word starts a command; `true`, `false`, `not` and `f(` start a sequence.",
      accepted: ["let a = echo 1", "let a = $b + 1", "let a = 1,2", "let a = not true"],
      rejected: ["let $a = 1", "let a", "let true = 1", "let a = 1 2"]
    ),
    Rule(
      name: "param",
      definition: "`param` name `=` ( value | sequence )",
      remark: "A bare word is a text.",
      accepted: ["param a = badd", "param a = 1", "param a = ../x.png", "param a = x,y"],
      rejected: ["param a =", "param 5 = 1"]
    ),
    Rule(
      name: "for",
      definition: "`for` name [ `,` name ] `in` ( value | sequence ) block",
      remark: "Bare words make a list of texts. The second name is the place of a value, from 0.",
      accepted: [
        "for a in 1..3 { echo $a }", "for a in x, y { }", "for a in $b { }", "for a, i in $b { }",
      ],
      rejected: ["for a in { }", "for a 1..3 { }", "for a in 1..3", "for a, a in 1..3 { }"]
    ),
    Rule(
      name: "if",
      definition: "`if` expression block { `else` `if` expression block } [ `else` block ]",
      remark: "`else` stands on the line of the `}` before it.",
      accepted: ["if $a > 1 { echo } else if $a == 1 { } else { }"],
      rejected: ["if { }", "if true { }\nelse { }", "if true echo"]
    ),
    Rule(
      name: "assert",
      definition: "`assert` expression [ `,` expression ]",
      remark: "The second expression is the message.",
      accepted: ["assert $a == 1", "assert $a < 2 and true, \"too large\""],
      rejected: ["assert", "assert 1 < 2 < 3"]
    ),
    Rule(
      name: "time",
      definition: "`time` statement",
      remark: "",
      accepted: [
        "time echo 1", "time for a in 1..3 { }", "if true { time echo }", "time time 1 + 2",
      ],
      rejected: ["time", "time = 1", "let a = time echo", "time }"]
    ),
    Rule(
      name: "def",
      definition:
        "`def` name `(` [ name [ `=` expression ] { `,` name [ `=` expression ] } ] `)` block",
      remark: """
        The statement is called like a command, its values by their places or names; those with `=` may be left out and stand \
        at the end.
        """,
      accepted: [
        "def f() { }", "def f(a, b=1) { echo $a $b }", "def two-steps(a) {\n  echo $a\n}",
      ],
      rejected: [
        "def f { }", "def f(a)", "def f(a=1, b) { }", "def f(a, a) { }", "def if() { }",
      ]
    ),
    Rule(
      name: "block",
      definition: "`{` { statement ( newline | `;` ) } `}`",
      remark: "",
      accepted: ["if true {\n  echo 1\n  echo 2\n}"],
      rejected: ["if true { echo"]
    ),
    Rule(
      name: "command",
      definition:
        "name { value | name`=`value | name`=every` value } [ block ] | name raw-tail",
      remark: """
        Values and options in any order, with blanks between and none around `=`. `every` belongs to \
        options that say how often something is done, the block to commands that run it.
        """,
      accepted: [
        "echo 1 b=2 c", "echo learning-rate=1e-3", "say anything: <at> all", "echo { }",
        "let a = echo b=1,2 { echo 3 }",
      ],
      rejected: ["echo a = 1", "echo a= 1", "echo <x>", "a = 1"]
    ),
    Rule(
      name: "raw-tail",
      definition: "any text up to `;`, an unbalanced `}`, a comment or the end of the line",
      remark: """
        Only `$name` and `${…}` are replaced; `\\$` is a plain `$`. Quotes protect what is between \
        them; a tail that is one quoted text as a whole loses its quotes.
        """,
      accepted: [
        "say a \"b ; c\" ; echo", "say 'a # b'", "if true { say a }", "say it's ${x.y[1]}",
      ],
      rejected: ["say ${", "say a }"]
    ),
    Rule(
      name: "value",
      definition: "element { `,` element } [ `,` ]",
      remark: "No blanks around the commas. A comma behind one element makes a list of it.",
      accepted: ["echo 1,2,3", "echo 64,", "echo a,\"b c\",$d"],
      rejected: ["echo ,1", "echo \"a\"b"]
    ),
    Rule(
      name: "element",
      definition: "word | number | text | reference | range | `(` sequence `)`",
      remark: "`true` and `false` are not words.",
      accepted: ["echo x.png -4 64k $a.b[1] (1 + 2)", "echo 1..9 by 2", "echo $a..($b - 1)"],
      rejected: ["echo 1..$n-1", "echo (1 + 2", "echo $"]
    ),
    Rule(
      name: "word",
      definition: "letters, digits and / . - _ ~ : @ % + * ? ! # with `$name` and `${…}` inside",
      remark: "`#` is not its first character.",
      accepted: ["echo ../a/b.png run-${m}.png x$y", "echo color=#3366cc"],
      rejected: ["echo a&b", "echo a|b"]
    ),
    Rule(
      name: "number",
      definition: "[ `-` ] digits [ `.` digits ] [ `e` exponent ] [ `k` | `M` | `Ki` | `Mi` ]",
      remark: "k is 1000, M 1,000,000, Ki 1024, Mi 1,048,576.",
      accepted: ["echo 1 .5 -4 1e-3 64k 2M 1Ki", "64k + 1"],
      rejected: ["1x", "echo 1e999"]
    ),
    Rule(
      name: "text",
      definition: "`\"` characters, escapes and variables `\"` | `'` characters `'`",
      remark: "Escapes are \\n \\t \\\" \\\\ \\$; between single quotes nothing is special.",
      accepted: ["\"a\\tb $c ${d.e[64]}\"", "'a $b \\n'"],
      rejected: ["\"a\\qb\"", "\"open"]
    ),
    Rule(
      name: "range",
      definition: "bound `..` bound [ `by` ( [ `+` ] step | `*` factor ) ]",
      remark: """
        Both ends belong to the range. In arguments bounds are numbers, references or in \
        parentheses, without blanks around `..`; elsewhere they are expressions.
        """,
      accepted: ["echo 64..4096 by *2", "echo 10..0 by -2", "let a = 1 .. $n - 1"],
      rejected: ["echo 1..9 by", "let a = 1.."]
    ),
    Rule(
      name: "reference",
      definition: "`$`name { `.`name | `[`index`]` }",
      remark: """
        Inside of words, texts and raw tails a path needs braces: `${r.accuracy[64]}`. An index is \
        a sequence or a bare word. Braces may also say how a value is set: `${x:8}` in eight columns, `${x:-8}` to the \
        left in them, `${x:.3}` with three digits after the point, `${x:8.3}` both.
        """,
      accepted: [
        "$r.accuracy[64]", "$r[badd].x", "$r[$n + 1]", "$r[1..3]", "echo a${r.x}b",
        "\"${r.loss:8.3}\"",
      ],
      rejected: ["$r[1", "$r[]", "\"${r:}\"", "\"${r:.16}\"", "\"${r:x}\""]
    ),
    Rule(
      name: "sequence",
      definition: "expression | range | sequence { `,` sequence } [ `,` ]",
      remark: "A list. Blanks are allowed; lists in lists become one list.",
      accepted: ["let a = 1, 2, 4..8", "let a = ()", "let a = (1,)"],
      rejected: ["let a = 1,,2", "let a = 1, x"]
    ),
    Rule(
      name: "each",
      definition: "`(` sequence `for` name [ `,` name ] `in` sequence [ `if` expression ] `)`",
      remark: """
        A list of what the first sequence gives for each value, or for those for which the condition holds. As the only \
        value of a function it needs no parentheses of its own.
        """,
      accepted: [
        "let a = ($x ^ 2 for x in 1..4)", "mean($x for x in $b if $x > 0)",
        "($x, $i for x, i in $b)", "(($x * $y for y in 1..3) for x in 1..3)", "sum(1..4)",
      ],
      rejected: ["let a = $x for x in 1..4", "($x for x in)", "($x for in 1..4)"]
    ),
    Rule(
      name: "expression",
      definition: "operands with or, and, not, == != < <= > >=, + -, * / %, -, ^; weakest first",
      remark: """
        Operands are numbers, texts, references, `true`, `false`, function calls, `each` and parentheses, \
        which may span lines. `^` groups to the right, comparisons do not follow each other.
        """,
      accepted: ["-2 ^ 2", "not $a == 1 or false", "(1 +\n 2)", "$a % 2 == 0 and log2($b) > 1"],
      rejected: ["1 +", "1 == 2 == 3", "(a)", "foo(1)", "sqrt(1, 2)", "1 not 2"]
    ),
    Rule(
      name: "call",
      definition:
        "function `(` [ argument { `,` argument } [ `,` ] ] `)`; argument = [ name `=` ] expression | range | each",
      remark: "`record` and `table` take names.",
      accepted: ["record(a=1, b=\"x\")", "let t = table(n=1..3, k=(1, 2, 3))", "max(1, 2,)"],
      rejected: ["mean(x=1)", "record(a=1, a=2)", "record(a=)"]
    ),
    Rule(
      name: "name",
      definition: "a letter or `_`, then letters, digits and `_`; in commands and options also `-`",
      remark: "",
      accepted: ["let größe_2 = 1", "echo learning-rate=1"],
      rejected: ["let a-b = 1", "let 2a = 1"]
    ),
  ]
}
