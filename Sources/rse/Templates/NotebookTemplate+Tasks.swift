extension NotebookTemplate {
  /// A first training.
  static let addition = NotebookTemplate(
    name: "addition",
    summary: "train a network to add, and test it on longer numbers"
  ) { place in
    """
    # What is asked, and what is expected: can a network that has seen short sums add longer numbers?
    #
    # `rse run \(place.file) -p steps=2000` trains longer.

    param steps = 500
    seed 1
    data badd lengths=8,16,32
    model rse maps=48

    # ## Training

    train $steps
    plot loss \(place.stem)-loss.png

    # ## How well it does on lengths it has trained on

    let r = test lengths=8,16,32
    assert $steps < 500 or $r.accuracy[8] > 0.8, "short sums are learned"

    # ## How well it does on lengths it has not seen
    #
    # The sums of 64 and 128 symbols are longer than any in the training.

    let s = test lengths=64,128
    assert $steps < 500 or $s.accuracy[64] > 0.5, "what is learned goes beyond the lengths of the training"
    """
  }

  /// Examples that the notebook itself writes.
  static let pairs = NotebookTemplate(
    name: "pairs",
    summary: "write a file of examples of your own, and train on it"
  ) { place in
    """
    # A task of one's own is a file: a line an example, the input, a tab, the target. Here the notebook writes such a file, of
    # walks and the ways back. Put your own in its place, and take out the lines that write it.

    param steps = 300

    # ## The examples
    #
    # The input is a walk of five steps, such as `north north east south west`, the target the way back. There are 4^5 of
    # them. Where there are blanks, words are the symbols.

    let there = "north", "east", "south", "west"
    let back = "south", "west", "north", "east"
    let walks = table()
    for n in 0..1023 {
      let w = (floor($n / 4 ^ $step) % 4 for step in 0..4)
      let walk = "${there[$w[0]]} ${there[$w[1]]} ${there[$w[2]]} ${there[$w[3]]} ${there[$w[4]]}"
      let way = "${back[$w[4]]} ${back[$w[3]]} ${back[$w[2]]} ${back[$w[1]]} ${back[$w[0]]}"
      let walks = table($walks, record(input=$walk, target=$way))
    }
    write \(place.stem).tsv $walks

    # ## Training
    #
    # A tenth of the lines is held out for tests. An answer is shorter than the length of the batch, 8, and the network must learn
    # where it ends: `loss=plain` counts the blanks behind it as much as the words.

    seed 1
    data file=\(place.stem).tsv held-out=0.1
    show batch count=2
    model rse maps=48 blocks=1 loss=plain schedule=$steps
    train $steps
    plot loss \(place.stem)-loss.png

    # ## Walks that it has not seen

    let r = test
    try north north east south west
    assert $steps < 300 or $r.accuracy[8] > 0.9, "most steps are right"
    """
  }

  /// A small version of an experiment from the paper.
  static let paper = NotebookTemplate(
    name: "paper",
    summary: "an experiment of the paper in little: checkpoints, validations, longer inputs"
  ) { place in
    """
    # The paper trains a Residual Shuffle-Exchange network of 192 maps with two Beneš blocks on sequences of 8 to 64 symbols, and
    # tests it on longer ones. The parameters here make it small. For the paper's own size, in hours:
    #
    # `rse run \(place.file) -p maps=192 -p steps=20000 -p longest=4096`
    #
    # If it is cut off, `rse resume \(place.file)` with the same `-p` goes on from the last checkpoint.

    param task = badd
    param maps = 24
    param steps = 400
    param longest = 128

    seed 1
    data $task lengths=8,16,32,64 batch=8
    model rse maps=$maps blocks=2 keep=0.9 schedule=$steps
    show model

    # ## Training
    #
    # Every now and then the network is measured on examples that training never sees. At the end it goes back to the best of
    # these validations.

    let interval = max(1, floor($steps / 4))
    train $steps validate=every $interval keep-best=on checkpoint=every $interval keep=2 to=\(place.stem)-checkpoints
    plot loss \(place.stem)-loss.png

    # ## Generalisation
    #
    # The training went up to length 64.

    let r = test lengths=8..$longest by *2 count=128
    plot generalisation \(place.stem)-generalisation.png
    assert $steps < 400 or $r.accuracy[8] > 0.5, "short sums are being learned"
    save \(place.stem).safetensors
    """
  }

  /// Many runs and a table of their results.
  static let sweep = NotebookTemplate(
    name: "sweep",
    summary: "many runs with several seeds, and a table of means and deviations"
  ) { place in
    """
    # Is a wider network better, and by more than chance? Each width is trained with several seeds.

    param steps = 100
    param seeds = 3

    # ## The runs
    #
    # A run has one row. What ends is kept in a file, so that after Ctrl-C `rse resume \(place.file)` does the rest.

    let runs = sweep maps=8,16,32 seed=1..$seeds to=\(place.stem)-runs.jsonl {
      data badd lengths=8,16 batch=8
      model rse maps=$maps blocks=1
      let trained = train $steps
      let r = test lengths=16,32 count=64
      record(loss=$trained.loss, at_16=$r.accuracy[16], at_32=$r.accuracy[32])
    }

    # ## Means and deviations
    #
    # Length 32 is longer than any in the training.

    let means = group($runs, "maps")
    $means
    write \(place.stem).csv $means
    write \(place.stem).md $means digits=3 errors=on
    assert length($runs) == 3 * $seeds
    assert $steps < 100 or $means.loss_mean[2] < $means.loss_mean[0], "wider networks learn faster"
    """
  }
}
