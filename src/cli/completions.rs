//! `tifa completions`: what makes a shell complete commands and options.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use super::output::print;
use crate::error::Result;

/// Where shells look for such scripts, for the end of the help.
const PLACES: &str = "\
Put it where the shell looks for such:
  bash        tifa completions bash > ~/.local/share/bash-completion/completions/tifa
  zsh         tifa completions zsh > _tifa, in a folder of $fpath
  fish        tifa completions fish > ~/.config/fish/completions/tifa.fish
  elvish      eval (tifa completions elvish | slurp), in rc.elv
  powershell  tifa completions powershell | Out-String | Invoke-Expression, in $PROFILE";

/// The arguments of `tifa completions`.
#[derive(Debug, Args)]
#[command(after_help = PLACES)]
pub(super) struct CompletionsArgs {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tifa", &mut script);
    print(&script)?;
    Ok(ExitCode::SUCCESS)
}
