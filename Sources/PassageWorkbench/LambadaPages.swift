import CommandLanguage
import Figures
import Sessions
import Tasks

/// The page of `help task lambada`.
enum LambadaPages {
  static let all = [lambada]

  private static let lambada = TopicPage(
    sort: "task",
    name: LambadaData.name,
    summary: "point at the missing last word of a passage",
    discussion: """
      A passage of some 75 words is read whose last word is masked; the network gives each position a score, and the \
      highest one points at a word that stands elsewhere in the passage. An answer that is not in the passage cannot be \
      found: in LAMBADA's test set it is in 83 % of them.

      `path=` names a folder, whose files tell by their names what they are for: those with `train` train, those with \
      `dev`, else with `valid`, validate, those with `test` test, such as lambada_test_plain_text.txt. A line is a \
      passage, and its last word, whatever signs follow, is the answer; in `.jsonl` files it is an object with a `text`. \
      Text that is not divided into words and signs as the published files are is recognised by its first lines and \
      divided, which `data` tells and `show data` repeats. Text files in a folder named like `train-novels` are whole texts, from which passages are \
      cut: sentences of at least 50 words, then one that ends at a word that was there before. All files may be packed \
      (`.gz`, `.xz`, `.bz2`, `.zst`).

      Training takes passages whose answer is in them, moves them by a random number of blanks, and makes 5 % of the \
      words unknown (`drop=`). With `cut=anywhere` they end at any word that was there before and is no stop word, at \
      least 40 words behind the beginning, so that a passage gives several examples. Passages longer than the longest of \
      `lengths=` are left out and counted; in tests they count as wrong.

      The network learns a table of the `words=` most frequent words, four numbers that are no words among them. With \
      `vectors=` it reads word vectors that stay as they are, rounded to 8 bits, through a learned linear map; blanks, \
      unknown words and the mask have learned rows of their own. The form is that of word2vec and fastText: `COUNT \
      DIMENSION`, then a word and its numbers on each line, the last of which are the vector; files of GloVe lack the \
      first line. word2vec's binary form is read, too. Lines that cannot be read are skipped and told. Taken are the first \
      `words=` of the file and those that occur in the passages. What was read is kept in `$XDG_CACHE_HOME/rse`, else \
      `~/.cache/rse`. `vocabulary=FILE` writes the words of a learned table, or reads them if the file is there. A model \
      keeps its words: data that are chosen later are read with them.

      For example, like the original:

        data lambada path=lambada vectors=crawl-300d-2M.vec batch=64
        model rse maps=384 blocks=2 schedule=200000
        train 200000 validate=every 1000
        test
        try "… and then he put on his boots and stepped onto the ___"
        plot scores

      What differs from the released code: passages are drawn at random; words are dropped by becoming unknown, where \
      the code sets their row to zero; unknown words are told apart when answers are looked for; a vote for the first \
      word of a passage counts.
      """
  )
}
