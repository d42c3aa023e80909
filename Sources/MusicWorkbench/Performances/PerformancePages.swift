import CommandLanguage
import Figures
import Sessions
import Tasks

/// The page of `help task performances`.
enum PerformancePages {
  static let performances = TopicPage(
    sort: "task",
    name: "performances",
    summary: "tell onset, end and velocity of notes, and the pedal",
    discussion: """
      The network hears a window of music at 11,000 samples a second as a spectrogram with a frame at every 128th sample, and \
      tells of each frame and each of the 88 keys of a piano how near an onset is, whether the note sounds, how near \
      its end is, and its velocity; and of the sustain pedal whether it is pressed, and how near its release is. \
      `transcribe` makes notes of that: an onset lies where its nearness has a peak, between two frames where the \
      slopes on both sides meet.

      With `input=harmonics` each key reads the harmonics of its string, and what all keys hear goes into the \
      network; with `input=spectrogram` the network has to learn what a string is. The norm must not run over \
      positions, which are frames (`model rse norm=features`).

      `path=` names a folder with recordings and, under the same names, what was played in them: MIDI files, whose \
      velocities and pedal (controller 64) are learned, or tables as MusicNet publishes them, of which ends count \
      less. MAESTRO, MusicNet and any folder of recordings of a player piano can be read as they are. What lies in \
      a folder whose name begins with `valid` or `test` validates or tests. Without `path=` music is made up, as by \
      `data notes`. `gain=`, `pitch=`, `noise=` and `transpose=` change training windows at random. Sound fonts begin a note some \
      milliseconds after it is written: `lead=8` says so of the recordings, changes nothing in what is learned, and has \
      `transcribe` place notes where they sound.

      The accuracy that training shows is the F1 of frames nearest to an onset, that of a validation the F1 of onsets \
      within 50 ms. `test` hears whole recordings.

      For example:

        data performances window=8192 batch=4
        model rse maps=48 blocks=1 norm=features schedule=500
        train 500 validate=every 100
        test
      """
  )
}
