/// A kind of input from elsewhere, and its reader.
///
/// Whatever the bytes are, reading them must end in a value or an error, soon, and with memory of about the
/// size of the input.
package enum FileKind: String, CaseIterable, Sendable {
  case script, evaluation, notebook, safetensors, npy, npz, bundle, table, labels, notes, vectors
  case passages, pairs, sound, midi

  /// Reads an input as the program does.
  package func read(_ bytes: [UInt8], in folder: ScratchFolder) {
    switch self {
    case .script: Readers.script(bytes)
    case .evaluation: Readers.evaluation(bytes)
    case .notebook: Readers.notebook(bytes)
    case .safetensors: Readers.safetensors(bytes)
    case .npy: Readers.npy(folder.file("a.npy", bytes))
    case .npz: Readers.npz(folder.file("a.npz", bytes))
    case .bundle: Readers.bundle(bytes, in: folder)
    case .table: Readers.bundle(TableFile(blocks: bytes).bytes, in: folder)
    case .labels, .notes: Readers.notes(bytes)
    case .vectors: Readers.vectors(folder.file("a.vec", bytes), in: folder)
    case .passages: Readers.passages(bytes, in: folder)
    case .pairs: Readers.pairs(bytes)
    case .sound: Readers.sound(folder.file("a.wav", bytes))
    case .midi: Readers.midi(bytes)
    }
  }

  /// True if a library decodes it, which takes longer.
  package var isDecodedByLibrary: Bool { self == .sound || self == .npz }

  /// The largest size, in bytes, of inputs that are worth trying.
  package var longest: Int {
    switch self {
    case .script, .evaluation, .labels, .notes, .vectors, .passages, .pairs, .midi: 2048
    case .notebook, .npy, .npz, .bundle, .table: 4096
    case .safetensors, .sound: 20000
    }
  }

  /// Returns the memory in bytes that reading `count` bytes may take at any one time: a multiple of the size, ten
  /// times for most kinds, plus an amount independent of the input.
  package func memory(for count: Int) -> Int {
    count > Self.small ? fixed + bounded + share * count : fixed + 10 * count
  }

  /// The largest input, in bytes, that has no allowance for many small parts.
  private static let small = 1 << 16

  /// The memory that a large input may take, as a multiple of its size.
  private var share: Int {
    switch self {
    // The text after a command that takes it unparsed, such as a permutation, is split into words.
    case .script: 20
    // Distinct words are in the table of all words and in that of the words that count.
    case .passages: 20
    // A line of two symbols, the shortest, has its places, its key and its numbers.
    case .pairs: 16
    default: 10
    }
  }

  /// The allowance, in bytes, for inputs of many small parts, however many there are.
  private var bounded: Int {
    switch self {
    // Trees of scripts, and the notes of files, whose parts are limited in number.
    case .script, .evaluation: 64 << 20
    case .midi: 40 << 20
    // Half a million notes, and the file of them; the symbols of a line of 4 MiB.
    case .notes, .pairs: 64 << 20
    // Variables without elements.
    case .bundle, .table: 24 << 20
    // A header of the largest permitted size.
    case .safetensors: 64 << 20
    // The cells of 200,000 lines, their comparison, and their pages.
    case .notebook: 96 << 20
    default: 0
    }
  }

  private var fixed: Int {
    switch self {
    // The lists and texts that the language allows in a script.
    case .evaluation: 512 << 20
    // The space that decoders reserve: for FLAC, eight channels of the longest blocks.
    case .sound: 32 << 20
    // The blocks in which files and archives are read.
    default: 8 << 20
    }
  }
}
