// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Heavy loops live in C and are optimised in every configuration, so that debug builds stay usable.
let kernelFlags: [CSetting] = [
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"]),
]

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func library(_ name: String, _ pkgConfig: String, _ packages: String...) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt(packages)])
}

func target(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, exclude: [String] = [], _ dependencies: Target.Dependency...) -> Target {
  .testTarget(
    name: name,
    dependencies: dependencies + ["TestSupport"],
    exclude: exclude,
    swiftSettings: strict
  )
}

let package = Package(
  name: "rse",
  products: [
    .library(name: "rse-file-faults", type: .dynamic, targets: ["CFileFaults"]),
    .library(name: "rse-mpi", type: .dynamic, targets: ["CProcessesMPI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    library("CXXHash", "libxxhash", "libxxhash-dev"),
    library("CCairo", "cairo", "libcairo2-dev"),
    library("CPNG", "libpng", "libpng-dev"),
    library("CChafa", "chafa", "libchafa-dev"),
    library("CCmark", "libcmark-gfm", "libcmark-gfm-dev", "libcmark-gfm-extensions-dev"),
    library("CGMP", "gmp", "libgmp-dev"),
    library("CSndfile", "sndfile", "libsndfile1-dev"),
    library("CMPG123", "libmpg123", "libmpg123-dev"),
    library("COgg", "ogg", "libogg-dev"),
    library("CSampleRate", "samplerate", "libsamplerate0-dev"),
    library("CKissFFT", "kissfft-float", "libkissfft-dev"),
    library("CArchive", "libarchive", "libarchive-dev"),
    library("CReadline", "readline", "libreadline-dev"),
    library("CZeroMQ", "libzmq", "libzmq3-dev"),
    library("CSodium", "libsodium", "libsodium-dev"),
    library("CVTerm", "vterm", "libvterm-dev"),
    library("COniguruma", "oniguruma", "libonig-dev"),
    // Not needed: without it the library of processes is built empty.
    library("CMPI", "mpi-c", "libopenmpi-dev"),
    .target(name: "CKernels", cSettings: kernelFlags),
    .target(name: "CPNGShim", dependencies: ["CPNG"]),
    .target(name: "CMachine", cSettings: [.treatAllWarnings(as: .error)]),
    .target(name: "CProcesses", cSettings: [.treatAllWarnings(as: .error)]),
    .target(
      name: "CProcessesMPI",
      dependencies: ["CProcesses", "CMPI"],
      cSettings: [.treatAllWarnings(as: .error)]
    ),
    .target(name: "CFuzzer"),
    .target(name: "CFileFaults"),

    target("Wording"),
    target("Machine", "CMachine"),
    target("Processes", "CProcesses", "Machine"),
    target("Files", "CXXHash", "CArchive", "Wording", "Machine"),
    target("Wiring"),
    target("Numerics", "CKernels"),
    target("Tensors", "Wiring", "Numerics", "Wording", "Machine", "CKernels", "CKissFFT"),
    target("Autograd", "Tensors", "Wiring", "Numerics"),
    target("Networks", "Autograd", "Wiring", "Numerics", "Wording"),
    target(
      "Audio",
      "Tensors",
      "Files",
      "Wording",
      "CSndfile",
      "CMPG123",
      "COgg",
      "CSampleRate"
    ),
    target("Words", "Tensors", "Files", "Wording"),
    target("Tasks", "Tensors", "Audio", "Words", "Files", "CGMP"),
    target("Training", "Networks", "Wiring", "Tasks", "Words", "Files", "Processes"),
    .target(
      name: "Plotting",
      dependencies: ["Numerics", "Files", "Wording", "CCairo", "CPNGShim"],
      resources: [.embedInCode("Values/GlyphAdvances.txt")],
      swiftSettings: strict
    ),
    target("TerminalPictures", "Plotting", "CChafa"),
    target("CommandLanguage", "Numerics"),
    target("Routing", "Numerics", "Wiring", "Wording"),
    target("Notebooks", "Files", "Wording", "CCmark"),
    target(
      "Sessions",
      "CommandLanguage",
      "Notebooks",
      "Plotting",
      "Training",
      "Files",
      "Machine",
      "Processes",
      "Wording"
    ),
    target("Figures", "Sessions", "Routing"),
    target("LanguageServer", "Sessions", "Notebooks", "CommandLanguage"),
    .target(
      name: "MusicWorkbench",
      dependencies: ["Figures"],
      resources: [.embedInCode("Page/Resources")],
      swiftSettings: strict
    ),
    target("PassageWorkbench", "Figures"),
    .target(
      name: "RoutingWorkbench",
      dependencies: ["Figures"],
      resources: [.embedInCode("Lesson/Resources")],
      swiftSettings: strict
    ),
    .target(
      name: "Workbench",
      dependencies: ["MusicWorkbench", "PassageWorkbench", "RoutingWorkbench"],
      resources: [.embedInCode("PyTorch/rse_network.py")],
      swiftSettings: strict
    ),
    target("Jupyter", "Workbench", "Machine", "CZeroMQ", "CSodium"),
    program(
      "rse",
      "Workbench",
      "Jupyter",
      "LanguageServer",
      "Machine",
      "Processes",
      "Networks",
      "Tasks",
      "Files",
      "TerminalPictures",
      "CReadline",
      arguments
    ),
    target("HostileInput", "Workbench", "Notebooks", "Training", "Words", "Audio", "Files"),
    program("rse-fuzz", "HostileInput", "CFuzzer", arguments),
    program(
      "rse-bench",
      "Training",
      "Processes",
      "Plotting",
      "Notebooks",
      "Files",
      "HostileInput",
      "CVTerm",
      arguments
    ),

    .target(
      name: "TestSupport",
      dependencies: ["Autograd", "Tensors"],
      path: "Tests/TestSupport",
      swiftSettings: strict
    ),
    .target(
      name: "CKernelCases",
      dependencies: ["CKernels"],
      path: "Tests/KernelCases",
      exclude: ["digests.c", "digests.txt"],
      cSettings: [.treatAllWarnings(as: .error), .unsafeFlags(["-O2"])]
    ),
    tests("MachineTests", "Machine"),
    tests("FilesTests", "Files"),
    tests("WiringTests", "Wiring"),
    tests("NumericsTests", exclude: ["RealValues.txt"], "Numerics"),
    tests("TensorsTests", "Tensors", "CKernelCases"),
    tests("AutogradTests", "Autograd"),
    tests("AudioTests", exclude: ["Sounds"], "Audio"),
    tests("WordsTests", "Words"),
    tests("TasksTests", exclude: ["task_samples.json"], "Tasks"),
    tests(
      "TrainingTests",
      exclude: ["Goldens", "References"],
      "Training",
      "Routing",
      "Processes"
    ),
    tests("PlottingTests", "Plotting", "CPNG"),
    tests("TerminalPicturesTests", "TerminalPictures", "CPNG"),
    tests("CommandLanguageTests", "CommandLanguage"),
    tests("RoutingTests", "Routing"),
    tests("NotebooksTests", "Notebooks", "CCmark"),
    tests("LanguageServerTests", "LanguageServer", "Workbench"),
    tests("EditorTests", "Workbench", "COniguruma"),
    tests("WorkbenchTests", "Workbench"),
    tests("RecipesTests", "Workbench"),
    tests("HostileInputTests", exclude: ["Corpus"], "HostileInput", "Tensors"),
    tests("JupyterTests", "Jupyter"),
    tests("ShellTests", "rse", "Jupyter", "CVTerm"),
  ],
  swiftLanguageModes: [.v6]
)
