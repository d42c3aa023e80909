import Autograd
import Networks
import Tasks

extension SequenceModel {
  /// Returns the logits of a batch, [T', outputs], without dropout and without what a backward pass would need; a loss
  /// may be computed on the tape.
  ///
  /// - Throws: any error that `monitor` throws, also at the end, so that a cancelled pass is not used.
  package func forward(
    _ batch: Batch,
    monitor: PassMonitor?,
    probe: LayerProbe? = nil
  ) throws -> (logits: Variable, tape: Tape) {
    let tape = Tape(isRecording: false, monitor: monitor, probe: probe)
    let logits = try logits(of: batch.input, layout: batch.layout, dropout: nil, on: tape)
    try monitor?.check()
    return (logits, tape)
  }
}
