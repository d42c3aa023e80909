extension NotebookTemplate {
  /// Notes in synthetic music, and in a bundled recording.
  static let music = NotebookTemplate(
    name: "music",
    summary: "train on made-up music, and write down the notes of a recording that ships"
  ) { place in
    """
    # Which notes sound in a recording? A small network learns it from music that is made up, so that there is nothing to
    # download, and the model that ships writes down a whole piece.

    param steps = 300

    # ## A model of one's own
    #
    # The network hears spectrograms and tells which of 128 notes sound. This training is a beginning:
    # `rse run \(place.file) -p steps=2000` goes on.

    seed 1
    data notes window=1024 input=spectrogram batch=16
    model rse maps=32 blocks=1 norm=features schedule=$steps rate=0.003
    train $steps
    plot loss \(place.stem)-loss.png
    let r = test count=128
    plot roll seconds=6 \(place.stem)-roll.png

    # ## The model that ships
    #
    # `minuet` is a recording that ships, and what was played in it is known. Put the name of a recording of yours in its
    # place, and leave out `reference=` and the assertion.

    load music
    let t = transcribe minuet reference=minuet to=\(place.stem)-notes
    assert $t.f1 > 0.85, "most notes are right"
    """
  }

  /// The missing word, with the bundled model.
  static let passages = NotebookTemplate(
    name: "passages",
    summary: "ask the model that ships for the missing last words of passages"
  ) { place in
    #"""
    # Which word is missing at the end of a passage? The model that ships points at a word that was there before. It has read
    # old novels, so tell it stories rather than news. Put passages of your own in place of these.

    load lambada

    # ## One passage
    #
    # The word in brackets is the answer, if it is in the passage. `plot scores` shows how sure the model is of each word.

    let cake = "there was one cake left , and there were two cousins . emil cut it and olga chose , as was the rule . she took \
    the smaller half . emil was so ashamed that he did not touch his own , and so they both sat and looked at the ___"
    let t = try $cake
    plot scores passage=$cake \#(place.stem)-scores.png

    # ## Some passages and their answers
    #
    # A right answer is often among the first five.

    let answers = "boat", "king"
    let stories = \
      "the carpenter built a boat in his attic , year after year , and did not think of the stairs . when it was done his \
    neighbours came and scratched their heads . in the end they took off the roof , and with ropes they let down the ___", \
      "the old king had no children . one day a boy came to the castle and asked for bread , and the king gave him his own . \
    when the king was dying he sent for the boy , and from that day on the boy was the ___"
    let found = 0
    for story, place in $stories {
      let t = try $story
      if $t.answer == $answers[$place] { let found = $found + 1 }
    }
    print $found of (length($stories)) found
    assert $found > 0

    # ## A training of one's own
    #
    # `data lambada path=FOLDER` reads passages, a line each, from files whose names hold `train`, `valid` and `test`; then
    # `train 1000` goes on with this model. `help task lambada` tells more.
    """#
  }
}
