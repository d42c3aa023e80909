/// Words that carry little meaning by themselves: articles, pronouns, prepositions, auxiliaries, conjunctions, and the
/// pieces into which contractions are split.
package enum StopWords {
  /// All stop words, in lower case.
  package static let all: Set<String> = Set(
    groups.flatMap { $0.split(separator: " ").map(String.init) }
  )

  private static let groups = [
    "a an the this that these those such some any no none every each either neither both all half many much",
    "more most few fewer less least several enough other another same own one ones two three",
    "i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself",
    "we us our ours ourselves they them their theirs themselves thou thee thy thine ye who whom whose which what",
    "someone somebody something anyone anybody anything everyone everybody everything nobody nothing",
    "am is are was were be been being do does did doing done have has had having will would shall should can could",
    "may might must ought need dare used let lets cannot wo ca sha ai 'm 're 's 've 'd 'll 't n't na gon gonna",
    "of in on at by for from to with without within into onto upon over under above below between among through",
    "across along around about against before after behind beside besides beyond during since until till toward",
    "towards off out up down near past per via like unlike than as",
    "and or but nor so yet if unless because although though while whereas whether when whenever where wherever",
    "why how not never ever always often sometimes already still just only even also too very quite rather almost",
    "again once then there here now soon away back else perhaps maybe well oh yes yeah ok okay mr. mrs. ms. dr.",
  ]
}
