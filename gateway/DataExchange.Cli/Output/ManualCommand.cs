using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DataExchange.Cli.Output;

/// <summary>A command whose help goes on, after usage and options, with the rest of its manual page.</summary>
/// <param name="name">The command's name.</param>
/// <param name="description">One sentence.</param>
/// <param name="manual">The page: description, examples, exit codes, files, environment.</param>
internal sealed class ManualCommand(string name, string description, string manual) : Command(name, description)
{
    private string Manual => manual;

    /// <summary>Makes a root command print manual pages.</summary>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ManualAction((SynchronousCommandLineAction)help.Action!);
    }

    private sealed class ManualAction(SynchronousCommandLineAction usage) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = usage.Invoke(parseResult);
            if (parseResult.CommandResult.Command is ManualCommand command)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(command.Manual);
            }

            return exitCode;
        }
    }
}
