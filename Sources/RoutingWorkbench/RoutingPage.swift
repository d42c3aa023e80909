import CommandLanguage
import Figures
import Sessions

/// The page of `help routing`.
package enum RoutingPage {
  package static let page = TopicPage(
    sort: "topic",
    name: "routing",
    summary: "how switches rearrange what passes through them",
    discussion: """
      A switch has two inputs and two outputs; it lets its elements pass straight or crosses them. A Beneš network \
      for n = 2^b elements has 2b - 1 columns of n/2 switches and can make every permutation. An RSE network is wired \
      the same way, with learned switch units in place of the switches.

      Switches are named by their places: 4/5 in column 2 takes what is at the places 4 and 5 there. Elements are \
      named by the places where they enter.

      The looping algorithm works from outside to inside. In front and behind, the two elements of a switch must \
      part: one takes the upper way (by the upper output of the first column to the upper half of the picture, and \
      back to the upper input of the last column), the other the lower way. So each element settles the next, until the loop closes. What takes the upper way is then a \
      permutation of half the size, and so is the rest; n log n steps settle all.

      The second half of the network alone is an omega network. It has one way only from each input to each output, \
      and most permutations are blocked in it. With n/2 switches in each of b columns it has 2^(n/2 b) settings, less than the \
      n! permutations from n = 4 on. The smallest number of switches that could make all is log2 n!, about n b - 1.44 n; \
      a Beneš network has n b - n/2, Waksman's n b - n + 1.

      To learn it:

        route 3 1 0 2 steps=on
        quiz 3 1 0 2
        answer straight
        quiz hint
        route bitreversal network=omega
        plot route
      """
  )
}
