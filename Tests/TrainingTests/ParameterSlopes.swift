import Autograd
import Networks
import Tasks
import Tensors
import Testing

@testable import Training

/// Expects the gradient of every parameter to be the slope of the loss along it, and none to be zero.
///
/// - Parameters:
///   - names: which parameters are looked at.
///   - change: how far a parameter is moved along its gradient, as a length.
///   - rounding: by how much the loss of a batch may be off for float32.
func expectGradientsAreSlopes(
  of trainer: Trainer,
  _ batch: Batch,
  where names: (String) -> Bool = { _ in true },
  change: Double,
  rounding: Double
) throws {
  _ = try trainer.computeGradients(batch, step: 1)
  for (name, parameter) in trainer.model.parameters where names(name) {
    let gradient = parameter.gradient
    let square = gradient.elements.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(square > 0, "nothing reaches \(name)")
    let original = parameter.value
    let step = change / square.squareRoot()
    func loss(_ factor: Double) throws -> Double {
      parameter.value.withMutablePointer { values in
        gradient.withPointer { gradient in
          for i in 0..<original.count { values[i] += Float(factor) * gradient[i] }
        }
      }
      defer { parameter.value = original }
      return try trainer.computeGradients(batch, step: 1).loss
    }
    let measured = try (loss(step) - loss(-step)) / (2 * step)
    #expect(
      abs(measured - square) <= 0.03 * square + rounding / step,
      "\(name): slope \(measured), gradient \(square)"
    )
  }
}
