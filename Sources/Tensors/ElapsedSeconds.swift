extension ContinuousClock.Instant {
  /// The seconds that have passed since then.
  package var secondsAgo: Double { (ContinuousClock.now - self) / .seconds(1) }
}
