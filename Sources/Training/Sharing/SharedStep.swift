import Autograd
import Processes
import Tasks
import Tensors

/// One process's part of a training step that several share: it computes consecutive groups of examples and sums a part
/// of each gradient.
///
/// The groups of a process make up whole nodes of the tree that sums gradients. Every process receives these nodes from
/// all others for its own part of the parameters, sums them up to the root, and sends its part of the gradient to all.
struct SharedStep {
  private let processes: ProcessGroup
  private let tree: GradientTree
  private let parameters: [Parameter]
  /// The offset of each parameter's values among those of all parameters, followed by their total number.
  private let places: [Int]

  private let buffers: ExchangeBuffers

  /// The number of steps after which the processes compare their parameters.
  static let stepsBetweenComparisons = 16

  init(
    _ processes: ProcessGroup,
    groups: Int,
    parameters: [Parameter],
    buffers: ExchangeBuffers
  ) {
    self.processes = processes
    self.buffers = buffers
    self.parameters = parameters
    tree = GradientTree(leaves: groups)
    places = parameters.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.shape.count) }
  }

  /// The groups of this process.
  var ownGroups: Range<Int> { groups(of: processes.rank) }

  private func groups(of process: Int) -> Range<Int> {
    processes.part(of: tree.leaves, for: process)
  }

  /// Returns the range of values that a process sums, among those of all parameters.
  private func values(of process: Int) -> Range<Int> {
    processes.part(of: places.last ?? 0, for: process)
  }

  private func nodes(of process: Int) -> [Range<Int>] { tree.nodes(in: groups(of: process)) }

  /// Sets the gradients to the sums over the groups of all processes.
  ///
  /// - Parameters:
  ///   - own: the outcomes of this process's groups, or the error of one of them.
  ///   - digest: the digest of the parameters, if they are to be compared.
  ///   - poll: called while this process waits.
  /// - Returns: the losses and accuracies of the examples of all processes.
  /// - Throws: a `TrainingError` of any process, `ProcessError`, or any error that `poll` throws.
  func finish(
    _ own: Result<[GroupOutcome], TrainingError>,
    digest: String?,
    poll: () throws -> Void
  ) throws -> (losses: [Double], accuracies: [Double?]) {
    var report = StepReport(digest: digest ?? "")
    var sums: [[Tensor?]] = []
    switch own {
    case .failure(let error): report.error = error
    case .success(let outcomes):
      report.losses = outcomes.flatMap(\.loss.losses)
      report.accuracies = outcomes.flatMap(\.loss.accuracies)
      sums = nodes(of: processes.rank).map { node in
        ParameterGradients.sums(
          of: parameters,
          over: outcomes.map(\.gradients),
          from: ownGroups.lowerBound,
          at: node,
          in: tree
        )
      }
      report.hasSum = sums.map { $0.map { $0 != nil } }
    }
    let reports = try processes.gather(.step, report, poll: poll)
    if let error = reports.lazy.compactMap(\.error).first { throw error }
    if let error = Self.difference(reports.map(\.digest), hosts: processes.hosts) { throw error }
    try setGradients(sums, reports.map(\.hasSum), poll)
    return (reports.flatMap(\.losses), reports.flatMap(\.accuracies))
  }

  /// Returns the error of processes whose parameters differ from those of most; nil if all are the same.
  ///
  /// - Parameters:
  ///   - digests: the digests of each process's parameters.
  ///   - hosts: the machines of the processes.
  static func difference(_ digests: [String], hosts: [String]) -> ProcessError? {
    let counts = Dictionary(digests.map { ($0, 1) }, uniquingKeysWith: +)
    guard counts.count > 1, let most = counts.values.max() else { return nil }
    // Without a majority all processes are named.
    let isTied = counts.values.count { $0 == most } > 1
    let others = digests.indices.filter { isTied || counts[digests[$0]] != most }.map {
      "process \($0) on \(hosts[$0]) has \(digests[$0])"
    }
    return ProcessError(
      """
      the weights of the processes are not the same any more: \(others.joined(separator: ", ")); a machine computes \
      wrongly: go on from the last checkpoint without it
      """
    )
  }

  private func setGradients(
    _ sums: [[Tensor?]],
    _ hasSum: [[[Bool]]],
    _ poll: () throws -> Void
  ) throws {
    let all = 0..<processes.count
    let own = values(of: processes.rank)
    let outCounts = all.map { sums.count * values(of: $0).count }
    let inCounts = all.map { nodes(of: $0).count * own.count }
    let out = buffers.out(outCounts.reduce(0, +))
    let received = buffers.received(inCounts.reduce(0, +))
    fill(out, sums)
    try processes.exchange(
      UnsafeBufferPointer(out),
      outCounts,
      into: received,
      inCounts,
      poll: poll
    )
    // The sent values are no longer needed, and their buffer is larger than the own part of a gradient.
    let part = buffers.out(own.count)
    add(received, hasSum, into: part)
    let gradient = buffers.gradient(places.last ?? 0)
    try processes.gather(
      UnsafeBufferPointer(part),
      into: gradient,
      all.map { values(of: $0).count },
      poll: poll
    )
    WorkerPool.shared.run(parts: parameters.count) { index in
      guard let start = gradient.baseAddress else { return }
      withPointers(writing: &parameters[index].gradient) { target in
        target.update(from: start + places[index], count: places[index + 1] - places[index])
      }
    }
  }

  /// Writes the own nodes' values for each process, one after another.
  private func fill(_ out: UnsafeMutableBufferPointer<Float>, _ sums: [[Tensor?]]) {
    guard var target = out.baseAddress else { return }
    for process in 0..<processes.count {
      for node in sums {
        for (index, range) in pieces(of: values(of: process)) {
          if let sum = node[index] {
            sum.withPointer { target.update(from: $0 + range.lowerBound, count: range.count) }
          } else {
            target.update(repeating: 0, count: range.count)
          }
          target += range.count
        }
      }
    }
  }

  /// Returns the parts of parameters that a range of values covers.
  private func pieces(of values: Range<Int>) -> [(parameter: Int, range: Range<Int>)] {
    parameters.indices.compactMap { index in
      let range = values.clamped(to: places[index]..<places[index + 1])
      guard !range.isEmpty else { return nil }
      return (index, range.lowerBound - places[index]..<range.upperBound - places[index])
    }
  }

  /// Writes the sums of this process's values over all groups; adds in place to the nodes of all processes.
  private func add(
    _ received: UnsafeMutableBufferPointer<Float>,
    _ hasSum: [[[Bool]]],
    into part: UnsafeMutableBufferPointer<Float>
  ) {
    guard let received = received.baseAddress, let part = part.baseAddress else { return }
    let own = values(of: processes.rank)
    // The offset of each process's values of each node, and the parameters that each node has.
    var starts: [Range<Int>: Int] = [:]
    var holders: [Range<Int>: [Bool]] = [:]
    for (process, flags) in hasSum.enumerated() {
      for (node, has) in zip(nodes(of: process), flags) {
        starts[node] = starts.count * own.count
        holders[node] = has
      }
    }
    var place = 0
    for (index, range) in pieces(of: own) {
      let sum: UnsafeMutablePointer<Float>? = tree.sum(at: 0..<tree.leaves) { node in
        guard let start = starts[node], holders[node]?[index] == true else { return nil }
        return received + start + place
      } add: { sum, other in
        kernels.add_into(range.count, other, sum)
      }
      if let sum {
        (part + place).update(from: sum, count: range.count)
      } else {
        (part + place).update(repeating: 0, count: range.count)
      }
      place += range.count
    }
  }
}

/// The buffers for the data that processes exchange in a step, reused by the next step.
final class ExchangeBuffers {
  private var buffers = [UnsafeMutableBufferPointer<Float>](
    repeating: .init(start: nil, count: 0),
    count: 3
  )

  deinit { buffers.forEach { $0.deallocate() } }

  func out(_ count: Int) -> UnsafeMutableBufferPointer<Float> { buffer(0, count) }
  func received(_ count: Int) -> UnsafeMutableBufferPointer<Float> { buffer(1, count) }
  func gradient(_ count: Int) -> UnsafeMutableBufferPointer<Float> { buffer(2, count) }

  private func buffer(_ number: Int, _ count: Int) -> UnsafeMutableBufferPointer<Float> {
    if buffers[number].count < count {
      buffers[number].deallocate()
      buffers[number] = .allocate(capacity: count)
    }
    return UnsafeMutableBufferPointer(rebasing: buffers[number][..<count])
  }
}
