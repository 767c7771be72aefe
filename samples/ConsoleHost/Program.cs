using ConsoleHost;
using Spectre.Console;

// Colours are for terminals; a file or a pipe gets plain text.
var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
return await CommandLine.RunAsync(args, console, Console.Error);
