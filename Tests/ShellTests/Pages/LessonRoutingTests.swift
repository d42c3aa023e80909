import CommandLanguage
import Foundation
import Sessions
import TestSupport
import Testing
import Workbench

@testable import Routing
@testable import RoutingWorkbench

/// What the page's script works out, against the module `Routing`.
@Suite(
  "What the page of a lesson routes",
  .serialized,
  .enabled(if: Browser.path != nil, Browser.absence)
)
struct LessonRoutingTests {
  private let browser: Browser
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let path = folder("lesson.html")
    try LessonPage(trained: nil).text.write(toFile: path, atomically: true, encoding: .utf8)
    browser = try Browser(path)
  }

  /// All permutations of n elements.
  private static func all(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return all(count - 1).flatMap { rest in
      (0...rest.count).map { place in
        Array(rest[..<place]) + [count - 1] + Array(rest[place...])
      }
    }
  }

  /// What the page finds for permutations: the settings of the textbook's network, of the one wired by shuffles and of
  /// Waksman's network as digits 0 and 1, whether its own networks then bring each element to its output, and the
  /// conflicts of the omega network.
  private func routed(_ permutations: [[Int]]) throws -> [[String]] {
    let digits = permutations.map { $0.map { String($0, radix: 16) }.joined() }
    let text = try browser.text(
      """
      (() => {
        const bits = (settings) => settings.flat().map((crosses) => (crosses ? 1 : 0)).join("");
        return "\(digits.joined(separator: " "))".split(" ").map((word) => {
          const targets = [...word].map((digit) => parseInt(digit, 16));
          const count = targets.length;
          const textbook = new Looping(targets).settings;
          const shuffles = Wiring.byShuffles(textbook, count);
          const waksman = new Looping(targets, true).settings;
          const omega = new OmegaRoute(targets);
          const forms = { textbook, shuffles, waksman };
          if (!omega.isBlocked) forms.omega = omega.settings;
          const arrive = Object.entries(forms).every(([form, settings]) => (
            `${new Wiring(form, count).follow(settings).before.at(-1)}` === `${inverse(targets)}`
          ));
          const conflicts = omega.conflicts.map(({ column, number, output, elements }) => (
            [column, number, output, ...elements].join(".")
          ));
          return [bits(textbook), bits(shuffles), bits(waksman), arrive, `${conflicts}`].join(" ");
        }).join("\\n");
      })()
      """
    )
    return text.components(separatedBy: "\n").map { $0.components(separatedBy: " ") }
  }

  /// Settings as digits 0 and 1, column by column.
  private func bits(_ crosses: [[Bool]]) -> String {
    crosses.joined().map { $0 ? "1" : "0" }.joined()
  }

  /// Compares the page with `Routing`; the first difference is a failure.
  private func check(_ permutations: [[Int]]) throws {
    let found = try routed(permutations)
    #expect(found.count == permutations.count)
    for (targets, found) in zip(permutations, found) {
      let permutation = try #require(Permutation(targets))
      let network = BenesNetwork(levels: permutation.count.trailingZeroBitCount)
      var settings = BenesNetwork.Settings(straight: network)
      for (index, digit) in found[1].enumerated() {
        settings.crosses[index * 2 / network.count][index % (network.count / 2)] = digit == "1"
      }
      let conflicts = OmegaNetwork(levels: network.levels).route(permutation).conflicts.map {
        ([$0.column, $0.number, $0.output] + $0.elements).map(String.init).joined(separator: ".")
      }
      let isEqual =
        network.permutation(of: settings) == permutation
        && found[0] == bits(Route(permutation, through: .recursive) {}.crosses)
        && found[1] == bits(Looping(permutation) {}.settings.crosses)
        && found[2] == bits(Route(permutation, through: .waksman) {}.crosses)
        && found[3] == "true" && found[4] == conflicts.joined(separator: ",")
      guard isEqual else {
        Issue.record("\(targets): the page finds \(found)")
        return
      }
    }
  }

  @Test("every permutation of 4 and of 8 elements as `Routing` routes it, in all four networks")
  func allOfEight() throws {
    try check(Self.all(4))
    let permutations = Self.all(8)
    #expect(permutations.count == 40_320)
    for start in stride(from: 0, to: permutations.count, by: 2520) {
      try check(Array(permutations[start..<start + 2520]))
    }
    #expect(browser.complaints == [])
  }

  @Test("random permutations of 16 elements as `Routing` routes them")
  func sixteen() throws {
    var random = SeededRandom(seed: 16)
    try check((0..<200).map { _ in Permutation.random(16, using: &random).targets })
  }

  @Test("the omega network passes 16 permutations of 4 elements and 4,096 of 8")
  func omega() throws {
    // One permutation for each setting of its switches.
    #expect(try routed(Self.all(4)).count { $0[4].isEmpty } == 16)
    let passing = try browser.number(
      """
      (() => {
        const all = (left) => (left.length === 0 ? [[]] : left.flatMap((first) => (
          all(left.filter((other) => other !== first)).map((rest) => [first, ...rest]))));
        return all(indices(8)).filter((targets) => !new OmegaRoute(targets).isBlocked).length;
      })()
      """
    )
    #expect(passing == 4096)
  }

  @Test("the steps go round the loops of `Routing` and end with its settings")
  func steps() throws {
    var random = SeededRandom(seed: 5)
    for count in [4, 8, 16, 8, 16] {
      let permutation = Permutation.random(count, using: &random)
      let text = try browser.text(
        """
        (() => {
          const looping = new Looping([\(permutation.targets.map(String.init).joined(separator: ","))]);
          const loops = Array.from({ length: looping.loops }, () => []);
          for (const { part, loop, input, ways } of looping.steps) {
            for (const [, way] of ways) loops[loop].push(`${looping.parts[part].elements[input]}.${way}`);
          }
          const last = looping.after(looping.steps.length).settings;
          if (`${last}` !== `${looping.settings}` || last.flat().includes(null)) throw new Error("open switches");
          return loops.map((loop) => loop.join(" ")).join("\\n");
        })()
        """
      )
      let loops = Route(permutation, through: .recursive, keepsLoops: true) {}.loops.map {
        $0.steps.map { "\($0.element).\($0.way)" }.joined(separator: " ")
      }
      #expect(text.components(separatedBy: "\n").sorted() == loops.sorted())
    }
  }

  @Test("says of bad permutations what the program says")
  func errors() throws {
    for text in [
      "3 1 1 0", "0 0 0 0", "1 2 3 4", "0 1 2 9", "8 7 6 5 4 3 2 1", "-1 0 1 2", "3 1 x 2", "",
      "1,2,,2", "0 0 0 0 0 0 0 0 0", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 15 15",
    ] {
      let found = try #require(
        try browser.value(
          "(({ message, remedy }) => [message, remedy])(readPermutation('\(text)'))"
        ) as? [String]
      )
      do {
        var random = SeededRandom(seed: 1)
        _ = try PermutationText(text).permutation(using: &random)
        Issue.record("`\(text)` is a permutation")
      } catch {
        #expect(found[0] == error.message)
        // The program takes words and cycles as well, and says so.
        if !text.contains("x") && !text.isEmpty { #expect(found[1] == error.remedy) }
      }
    }
  }

  @Test("takes 4, 8 and 16 numbers only")
  func sizes() throws {
    let message = "readPermutation('2 1 0').message"
    #expect(
      try browser.text(message)
        == "these are 3 numbers, and the networks here have 4, 8 or 16 inputs"
    )
    #expect(try browser.text("`${readPermutation('[3, 1,0 2]').targets}`") == "3,1,0,2")
  }

  @Test("permutations with a name are those of `Routing`")
  func presets() throws {
    for count in [4, 8, 16] {
      let levels = count.trailingZeroBitCount
      // A matrix of so many columns that is stored row by row.
      let columns = count == 16 ? 4 : 2
      let rows = count / columns
      let expected: [(String, [Int])] = [
        ("identity", Permutation.identity(count).targets),
        ("reversal", Permutation.reversal(count).targets),
        ("bit reversal", Permutation.bitReversal(levels: levels).targets),
        ("perfect shuffle", Permutation.shuffle(levels: levels).targets),
        ("transpose", (0..<count).map { $0 % columns * rows + $0 / columns }),
      ]
      for (name, targets) in expected {
        let found = try browser.value(
          "PRESETS.find(({ name }) => name === '\(name)').targets(\(count))"
        )
        #expect(found as? [Int] == targets, "\(name)")
      }
      let random = try browser.value(
        "PRESETS.find(({ name }) => name === 'random').targets(\(count))"
      )
      #expect(Permutation(try #require(random as? [Int])) != nil)
    }
  }

  @Test("counts switches as `Routing` counts them")
  func counts() throws {
    for count in [4, 8, 16] {
      let counts = NetworkCounts(levels: count.trailingZeroBitCount)
      for (form, switches) in [
        ("textbook", counts.benes), ("shuffles", counts.benes), ("waksman", counts.waksman),
        ("omega", counts.omega),
      ] {
        #expect(try browser.number("new Wiring('\(form)', \(count)).switches") == switches)
      }
    }
  }
}
