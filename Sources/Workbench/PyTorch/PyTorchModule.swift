import CommandLanguage
import Files
import Foundation
import Networks
import Sessions
import Tensors
import Training

/// The PyTorch module that reads a file of `save` and computes the same logits.
package enum PyTorchModule {
  package static let fileName = "rse_network.py"

  /// The networks that the module computes.
  private static let networks: [NetworkKind] = [.rse, .se]

  /// Writes the module for a model.
  ///
  /// - Parameters:
  ///   - model: the file of the model.
  ///   - path: the path of the file to write.
  /// - Throws: a diagnostic if the module cannot read the model; `FileWriteError`.
  package static func write(for model: String, to path: String) throws {
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(parsing: try Data(contentsOf: URL(fileURLWithPath: model)))
    } catch let error as CheckpointError {
      throw unreadable(model, error)
    } catch let error as TensorFileError {
      throw unreadable(model, error)
    } catch {
      throw Diagnostic(
        "cannot read `\(model)`: \(error.localizedDescription)",
        remedy: "name a file that `save` has written"
      )
    }
    let spec = checkpoint.spec
    guard networks.contains(spec.network), spec.input == .symbols else {
      let names = networks.map { "`\($0.rawValue)`" }.joined(separator: " and ")
      throw Diagnostic(
        """
        the PyTorch module computes networks \(names) that read symbols; `\(model)` is a \
        network `\(spec.network.rawValue)` with input=\(spec.input.rawValue)
        """,
        remedy: "`help pytorch` tells what is in the files of all models"
      )
    }
    try AtomicFile.write(PackageResources.rse_network_py, to: path)
  }

  private static func unreadable(_ model: String, _ error: any Error) -> Diagnostic {
    Diagnostic(
      "cannot read `\(model)`: \(error.localizedDescription)",
      remedy: "name a file that `save` has written"
    )
  }

  /// The page of `help pytorch`.
  package static let page = TopicPage(
    sort: "topic",
    name: "pytorch",
    summary: "how other programs read models, and what is in their files",
    discussion: """
      `rse export MODEL.safetensors --pytorch` writes `\(fileName)` beside the model: a module of less than a hundred \
      lines, for networks `rse` and `se` of symbols, that gives the same logits to 1e-5:

        from rse_network import Network
        logits = Network("badd.safetensors")(symbols)

      `symbols` is [batch, length]. Sequences are filled up with the blank 0, at the end, to the length, a power of \
      two. Blanks take part in the norm, so that the same sequence in a longer batch has other logits; `try` and `test` take \
      the smallest length of the data that holds the sequence.

      A switch unit reads two neighbours x = (a, b), 2m numbers. With the parameters of `blocks.K.forward`, \
      `blocks.K.reverse` and `last`:

        h = norm(x · expand)                  expand 2m × 4m
        c = gelu(h) · contract + bias         contract 4m × 2m
        y = σ(2 · residual) ∘ x + 0.25 √(1 - 0.9²) · c

      gelu(h) is h · σ(1.702 h). norm=positions: d = 2 (h - mean h) + offset, h = d / √(mean d² + 1e-10), means over the \
      pairs of a sequence, for each channel. norm=features: d = h - mean h + offset, means over the 4m channels of a pair. \
      There is no dropout when a network is asked.

      For sequences of 2^b symbols each block has b - 1 columns of switches of `forward`, each followed by a shuffle to the \
      left: place j takes what was at 2j mod n, plus 1 in the second half; then b - 1 columns of `reverse`, each followed by \
      the opposite shuffle. One column of `last` follows the last block, and `output.weight` (m × classes) with \
      `output.bias`. tying=plain has `first`, b - 2 times `forward`, `middle` and b - 2 times `backward` in each block.

      The gated unit of `se` has `reset1`, `reset2`, `gate`, `candidate1`, `candidate2` (`weight` and `bias` each) and, \
      behind the first block, `scale` for the skip input; `embedding` is read as tanh(30 · row). `help se` has its formula.

      Files are safetensors: names, shapes, and numbers of 32 bits, or 16 (`save … precision=half`). Besides the parameters there \
      may be:

        optimizer.mean.NAME, optimizer.variance.NAME    the moments of RAdam
        log.loss, log.accuracy, log.rate, log.seconds   of each step
        log.validation_step, …_loss, …_accuracy         of each validation

      The metadata hold the form (`network`, `maps`, `blocks`, `tying`, `norm`, `input_symbols`, `output_symbols`), the \
      data (`task`, `lengths`, `batch`), the training (`seed`, `step`, `schedule`, `rate`, `keep`, `smoothing`) and a digest \
      of the content.
      """
  )
}
