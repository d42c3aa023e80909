import Plotting

/// A whole number with its thousands apart, as figures write it: 742,756.
package func grouped(_ number: Int) -> String { NumberText.grouped(number) }
