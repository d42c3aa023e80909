extension ContinuousClock.Instant {
  /// The number of seconds since this instant.
  package var secondsAgo: Double { (ContinuousClock.now - self) / .seconds(1) }
}
