/// The version of the program, as in `rse --version` and in what it writes.
package let programVersion = "0.1.0"

/// The day of the version, as the manual page has it.
package let programDate = "2026-11-23"
