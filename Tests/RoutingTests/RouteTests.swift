import TestSupport
import Testing

@testable import Routing

@Suite("Routes")
struct RouteTests {
  @Test("every network that is not blocked sends elements where they go", arguments: 1...6)
  func forms(levels: Int) {
    let count = 1 << levels
    for seed in 0..<20 {
      var random = SeededRandom(seed: UInt64(seed))
      let permutation = Permutation.random(count, using: &random)
      for form in NetworkForm.allCases {
        let route = Route(permutation, through: form) {}
        guard !route.isBlocked else {
          #expect(form == .omega && levels > 1)
          continue
        }
        #expect(route.crosses.count == route.wiring.columns)
        #expect(
          route.arrangement {} == permutation.applied(to: Array(0..<count))
        )
        for (column, switches) in route.crosses.enumerated() {
          for (number, crosses) in switches.enumerated() where crosses {
            #expect(route.wiring.hasSwitch(number, in: column))
          }
        }
      }
    }
  }

  @Test("wirings have as many switches as they should", arguments: 1...8)
  func counts(levels: Int) {
    let counts = NetworkCounts(levels: levels)
    for form in NetworkForm.allCases {
      let wiring = NetworkWiring(form, levels: levels)
      let present = (0..<wiring.columns).reduce(0) { sum, column in
        sum + (0..<wiring.count / 2).count { wiring.hasSwitch($0, in: column) }
      }
      #expect(present == wiring.switches)
      let expected =
        switch form {
        case .benes, .recursive: counts.benes
        case .waksman: counts.waksman
        case .omega: counts.omega
        }
      #expect(Double(present) == expected)
    }
  }

  @Test("places and positions are told from each other", arguments: NetworkForm.allCases)
  func places(form: NetworkForm) {
    for levels in 1...5 {
      let wiring = NetworkWiring(form, levels: levels)
      for column in 0...wiring.columns {
        for place in 0..<wiring.count {
          let position = wiring.position(of: place, before: column)
          #expect(wiring.place(at: position, before: column) == place)
        }
      }
    }
  }

  @Test("the wires are those of the block and of the textbook")
  func wires() {
    func next(_ form: NetworkForm, _ column: Int) -> [Int] {
      let wiring = NetworkWiring(form, levels: 3)
      return (0..<8).map { wiring.next(from: $0, behind: column) }
    }
    // Places 0, 1, 2, … of the released network get what was at 0, 2, 4, 6, 1, 3, 5, 7.
    let left = [0, 4, 1, 5, 2, 6, 3, 7]
    let right = [0, 2, 4, 6, 1, 3, 5, 7]
    #expect((0..<5).map { next(.benes, $0) } == [left, left, right, right, Array(0..<8)])
    #expect((0..<3).map { next(.omega, $0) } == [right, right, right])
    #expect(next(.recursive, 0) == left && next(.recursive, 3) == right)
    #expect(
      next(.recursive, 1) == [0, 2, 1, 3, 4, 6, 5, 7] && next(.recursive, 2) == next(.recursive, 1)
    )
    #expect(next(.recursive, 4) == Array(0..<8))
  }

  @Test("the textbook's network is the same in both descriptions", arguments: 1...5)
  func textbook(levels: Int) throws {
    var random = SeededRandom(seed: UInt64(levels))
    let permutation = Permutation.random(1 << levels, using: &random)
    let route = Route(permutation, through: .recursive) {}
    let network = BenesNetwork(levels: levels)
    let settings = Looping(permutation) {}.settings
    let textbook = RecursiveBenes(settings, of: network)
    #expect(textbook.applied(to: Array(0..<network.count)) == route.arrangement {})
    if case .nested(let first, _, _, let last) = textbook {
      #expect(route.crosses.first == first && route.crosses.last == last)
    }
  }

  @Test("a loop alternates between the ways", arguments: [NetworkForm.benes, .recursive])
  func loops(form: NetworkForm) throws {
    let permutation = try #require(Permutation([5, 2, 7, 0, 6, 1, 3, 4]))
    let route = Route(permutation, through: form, keepsLoops: true) {}
    #expect(route.loops.count == route.loopCount)
    for loop in route.loops {
      for (number, step) in loop.steps.enumerated() { #expect(step.way == number % 2) }
      for number in stride(from: 0, to: loop.steps.count, by: 2) {
        let (first, second) = (loop.steps[number], loop.steps[number + 1])
        #expect(first.exit / 2 == second.exit / 2)
        let next = loop.steps[(number + 2) % loop.steps.count]
        #expect(second.entrance / 2 == next.entrance / 2)
      }
    }
    let outer = route.loops.filter { $0.depth == 0 }.flatMap(\.steps)
    #expect(outer.count == 8)
    for step in outer {
      #expect(step.element == step.entrance && permutation.targets[step.element] == step.exit)
    }
  }

  @Test("a quiz answered at random where it is free ends in the permutation", arguments: 0..<30)
  func quiz(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let permutation = Permutation.random(1 << (1 + seed % 4), using: &random)
    let form = seed % 2 == 0 ? NetworkForm.benes : .recursive
    var quiz = RoutingQuiz(permutation, through: form)
    #expect(quiz.count == quiz.wiring.switches)
    while let question = quiz.question {
      let answer = question.crosses ?? Bool.random(using: &random)
      if let right = question.crosses, Bool.random(using: &random) {
        let isTaken = quiz.answer(crosses: !right)
        #expect(!isTaken && quiz.question == question)
      }
      let isTaken = quiz.answer(crosses: answer)
      #expect(isTaken)
    }
    #expect(Set(quiz.settled).count == quiz.count)
    var elements = Array(0..<permutation.count)
    for column in 0..<quiz.wiring.columns {
      let switches = (0..<permutation.count / 2).map {
        quiz.crosses[.init(column: column, number: $0)] ?? false
      }
      quiz.wiring.pass(&elements, through: switches, column: column)
    }
    #expect(elements == permutation.applied(to: Array(0..<permutation.count)))
  }
}
