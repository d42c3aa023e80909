// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Heavy loops live in C and are optimised in every configuration, so that debug builds stay usable.
let kernelFlags: [CSetting] = [
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-O3", "-ffp-contract=fast", "-fno-math-errno", "-fno-trapping-math"]),
]

let package = Package(
  name: "rse",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS",
      pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"])]
    ),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .target(name: "Digests", dependencies: ["CXXHash"], swiftSettings: strict),
    .target(name: "CKernels", cSettings: kernelFlags),
    .target(name: "Tensors", dependencies: ["CKernels", "COpenBLAS"], swiftSettings: strict),
    .target(name: "Autograd", dependencies: ["Tensors"], swiftSettings: strict),
    .target(name: "Networks", dependencies: ["Autograd"], swiftSettings: strict),
    .target(name: "Tasks", dependencies: ["Tensors"], swiftSettings: strict),
    .target(
      name: "Training",
      dependencies: ["Networks", "Tasks", "Digests"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "rse-bench",
      dependencies: [
        "Training", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strict),
    .testTarget(
      name: "TensorsTests",
      dependencies: ["Tensors", "TestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "AutogradTests",
      dependencies: ["Autograd", "TestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TasksTests",
      dependencies: ["Tasks", "TestSupport"],
      exclude: ["task_samples.json"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "TestSupport"],
      exclude: ["Goldens"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
