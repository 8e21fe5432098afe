//! The command-line program.

/// Millions of small texts are made and let go by several threads; the allocator of the system costs an eighth of the time more.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    tifa::cli::main()
}
