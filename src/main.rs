//! The command-line program.

fn main() -> std::process::ExitCode {
    tifa::cli::main()
}
