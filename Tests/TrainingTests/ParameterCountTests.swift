import Networks
import Testing

@Suite struct ParameterCountTests {
  @Test(
    "models have the released numbers of parameters",
    arguments: [
      (ModelSpec(maps: 192, blocks: 2, inputSymbols: 13, outputSymbols: 4), 2_960_068),
      (ModelSpec(maps: 96, blocks: 2, inputSymbols: 13, outputSymbols: 4), 742_756),
      (ModelSpec(maps: 192, blocks: 1, inputSymbols: 12, outputSymbols: 12), 1_778_700),
      (ModelSpec(.se, maps: 192, inputSymbols: 13, outputSymbols: 4), 2_960_644),
      (ModelSpec(.se, maps: 16, inputSymbols: 13, outputSymbols: 4), 21_444),
    ]
  )
  func count(spec: ModelSpec, expected: Int) {
    #expect(spec.parameterCount == expected)
  }

  @Test("the released music model has 3,204,000 parameters")
  func music() {
    var spec = ModelSpec(maps: 192, blocks: 2, inputSymbols: 0, outputSymbols: 128)
    spec.input = .audio
    spec.isCalibrated = true
    #expect(spec.parameterCount == 3_204_000)
  }
}
