import CommandLanguage
import Figures
import Sessions
import Tasks

/// The pages of `help task notes` and `help task musicnet`.
enum MusicPages {
  static let all = [notes, musicNet]

  private static let hearing = """
    The network hears a window of samples at 11,000 a second. With `input=fourier` it hears as many numbers of \
    their spectrum, real and imaginary parts in turn from the lowest frequency on; `multiplier=2` makes that the \
    spectrum of a window twice as long, which resolves low notes better and leaves out the highest frequencies. With \
    `input=spectrogram` it hears how loud each third of a semitone is at every 128th sample, a row of 344 values a frame, \
    so that its positions are frames; the norm must then not run over them (`model rse norm=features`), and windows \
    of 2,048 or 4,096 samples learn fastest. It tells which of the 128 MIDI notes sound at every 128th sample of the window (of a longer one, of its middle \
    part); tests judge the frame in its middle. \
    `gain=`, `pitch=` and `noise=` change training windows at random, `transpose=3` moves those of spectrograms with \
    their notes; they are off by default.
    """

  private static let notes = TopicPage(
    sort: "task",
    name: "notes",
    summary: "tell which notes sound in music that is made up",
    discussion: """
      A synthesiser plays random music on fourteen instruments, endlessly and with exact labels, as a function of \
      the seed; there is nothing to download.

      \(hearing)

      For example:

        data notes window=1024
        model rse maps=48 blocks=1 schedule=500
        train 500 validate=every 100
        plot roll
      """
  )

  private static let musicNet = TopicPage(
    sort: "task",
    name: "musicnet",
    summary: "tell which notes sound in recordings of MusicNet",
    discussion: """
      `path=` names the folder with train_data, train_labels, test_data and test_labels as they are published, \
      with .wav, .flac or .ogg files, or an archive of it such as musicnet.tar.gz, which need not be unpacked. \
      Recordings are mixed to one channel and resampled to 11,000 Hz once; the samples are kept in \
      `$XDG_CACHE_HOME/rse`, else `~/.cache/rse`, and mapped into memory from there. Files with faults are named \
      and left out; of a recording that is cut off, what is there is heard. A folder with the files of windows that the released code makes is read as well: \
      musicnet_fourier2_train_8192.npy, and so on, with `input=`, `multiplier=` and `window=` as in their names. \
      `musicnet.npz` holds pickled arrays and is not read; \
      musicnet.tar.gz is at https://zenodo.org/records/5120004.

      With `split=original` recordings 2303, 2382 and 1819 test, 2131, 2384, 1792, 2514, 2567 and 1876 \
      validate, and all others train, as in the released code; with `split=published` the published test folder \
      tests. Training hears windows that begin one second into a recording or a multiple of 512 samples later, \
      tests those in steps of 128.

      \(hearing)

      What differs from the released code: training windows are drawn at random instead of in a random order; a \
      spectrum is computed for the window that is asked for, while the code crops one of its file of windows in the \
      middle, which cuts frequencies; a window is not divided by a norm of the whole file, so that what is heard \
      does not depend on the length of the file.

      Settings like the original's:

        data musicnet path=musicnet.tar.gz window=8192 input=fourier multiplier=2
        model rse maps=192 blocks=2 convolutions=2 schedule=800000
        train 800000 validate=every 4000 checkpoint=every 4000
      """
  )
}
