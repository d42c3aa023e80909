/// The version of the program, as in `rse --version` and in what it writes.
package let programVersion = "0.1.0"
