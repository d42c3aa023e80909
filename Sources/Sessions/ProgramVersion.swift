/// The version of the program, for `rse --version` and the files that it writes.
package let programVersion = "0.1.0"

/// The date of the version, for the manual page.
package let programDate = "2026-11-23"
