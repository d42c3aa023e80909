/// A quiz that asks for the switches of a Beneš network one by one, in the order of the looping algorithm.
///
/// The first switch of a loop may be set either way; all others of the loop follow from it.
package struct RoutingQuiz: Sendable {
  package let wiring: NetworkWiring
  package let permutation: Permutation
  /// The switches that are set, in the order of the answers.
  package private(set) var settled: [Place] = []
  /// The number of wrong answers.
  package private(set) var mistakes = 0
  /// The number of hints given.
  package private(set) var hints = 0
  /// The switches with a wrong answer or a hint.
  private var helped: Set<Place> = []
  /// The ways of the first elements of loops, as answered.
  private var firstWays: [Int] = []
  /// All questions, provided that the loops still open begin with the upper way.
  private var questions: [Question] = []

  /// A switch.
  package struct Place: Hashable, Sendable {
    package let column: Int
    package let number: Int

    package init(column: Int, number: Int) {
      self.column = column
      self.number = number
    }
  }

  /// A switch that is asked for.
  package struct Question: Hashable, Sendable {
    package let place: Place
    /// True if the switch must cross; nil if both settings are right.
    package let crosses: Bool?
    package let reason: Reason
  }

  /// The reason for a switch's setting.
  package enum Reason: Hashable, Sendable {
    /// The first switch of a loop, with the elements at its upper and lower input.
    case free(loop: Int, elements: [Int])
    /// A switch where an element with a settled way leaves.
    case exit(loop: Int, known: RoutingLoop.Step)
    /// A switch where an element enters whose partner at the exit switch has a settled way.
    case entrance(loop: Int, known: RoutingLoop.Step, partner: RoutingLoop.Step)
    /// A switch in the middle: the element at its upper input and the output, 0 or 1, that leads to its target.
    case middle(element: Int, output: Int)
  }

  /// - Parameters:
  ///   - permutation: of 2^b elements, b ≥ 1.
  ///   - form: the Beneš network wired by shuffles, or the textbook's.
  package init(_ permutation: Permutation, through form: NetworkForm) {
    precondition(
      [.benes, .recursive].contains(form),
      "a network whose switches are all set by loops"
    )
    wiring = NetworkWiring(form, levels: permutation.count.trailingZeroBitCount)
    self.permutation = permutation
    questions = ask()
  }

  /// The switch to ask for next; nil once all are set.
  package var question: Question? {
    settled.count < questions.count ? questions[settled.count] : nil
  }

  /// The total number of switches.
  package var count: Int { questions.count }

  /// True for each set switch that crosses.
  package private(set) var crosses: [Place: Bool] = [:]

  /// The number of switches that were set right at the first answer and without a hint.
  package var score: Int { settled.count { !helped.contains($0) } }

  /// Counts a hint for the switch that is asked for.
  package mutating func noteHint() {
    guard let question else { return }
    helped.insert(question.place)
    hints += 1
  }

  /// Takes back the last answer; its switch is then asked for again.
  ///
  /// - Returns: the switch; nil if none is set.
  package mutating func undo() -> Place? {
    guard let place = settled.popLast() else { return nil }
    crosses[place] = nil
    if case .free = questions[settled.count].reason {
      firstWays.removeLast()
      questions = ask()
    }
    return place
  }

  /// Sets the switch that is asked for if the answer is right.
  ///
  /// - Returns: true if it is right.
  package mutating func answer(crosses: Bool) -> Bool {
    guard let question else { return false }
    if let right = question.crosses, right != crosses {
      mistakes += 1
      helped.insert(question.place)
      return false
    }
    if case .free = question.reason {
      // A loop begins at an upper input.
      firstWays.append(crosses ? 1 : 0)
      questions = ask()
    }
    settled.append(question.place)
    self.crosses[question.place] = crosses
    return true
  }

  private func ask() -> [Question] {
    let looping = Looping(
      permutation,
      keepsLoops: true,
      firstHalves: firstWays,
      checkpoint: {}
    )
    let settings = wiring.crosses(of: looping.settings, checkpoint: {})
    var questions: [Question] = []
    func add(_ column: Int, _ number: Int, isFree: Bool = false, _ reason: Reason) {
      questions.append(
        Question(
          place: Place(column: column, number: number),
          crosses: isFree ? nil : settings[column][number],
          reason: reason
        )
      )
    }
    for (index, loop) in looping.loops.enumerated() {
      let loop = RoutingLoop(loop, in: wiring)
      let (first, last) = (loop.depth, wiring.columns - 1 - loop.depth)
      for (place, step) in loop.steps.enumerated() {
        if place == 0, let last = loop.steps.last {
          let elements = [step.element, last.element]
          add(first, step.entrance / 2, isFree: true, .free(loop: index, elements: elements))
        }
        if place % 2 == 0 {
          add(last, step.exit / 2, .exit(loop: index, known: step))
        } else if place + 1 < loop.steps.count {
          let partner = loop.steps[place - 1]
          add(
            first,
            step.entrance / 2,
            .entrance(loop: index, known: step, partner: partner)
          )
        }
      }
    }
    let middle = wiring.levels - 1
    var elements = Array(0..<wiring.count)
    for column in 0..<middle { wiring.pass(&elements, through: settings[column], column: column) }
    for number in 0..<wiring.count / 2 {
      let output = settings[middle][number] ? 1 : 0
      add(middle, number, .middle(element: elements[2 * number], output: output))
    }
    return questions
  }
}
