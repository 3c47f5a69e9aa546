"""What the commands share: the console, options, files in and out, exit codes and the tables of a run."""
