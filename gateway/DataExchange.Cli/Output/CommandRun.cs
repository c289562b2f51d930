using System.CommandLine;
using System.Text.Json;

namespace DataExchange.Cli.Output;

/// <summary>Runs a command's work and writes its report: one place for verdicts, whatever way they come.</summary>
internal static class CommandRun
{
    /// <summary>The option that asks for JSON.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Write the result as JSON to the standard output." };

    /// <summary>Runs the work and writes what came of it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="work">Gives the report, or throws a <see cref="FindingException"/>.</param>
    /// <param name="cancellationToken">The user stopped it.</param>
    /// <param name="context">How JSON is laid out; null for a document over several lines.</param>
    public static async Task<int> RunAsync(
        DxConsole console, bool json, Func<Task<Report>> work, CancellationToken cancellationToken, CliJsonContext? context = null)
    {
        Report report;
        try
        {
            report = await work();
        }
        catch (FindingException finding)
        {
            report = Report.Of(finding);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            report = new Report(false, FindingCode.Cancelled, "Stopped before the end; nothing was found out.") { ExitCode = ExitCode.CannotTell };
        }

        await (json
            ? console.Out.WriteLineAsync(JsonSerializer.Serialize(report, report.GetType(), context ?? CliJsonContext.Default))
            : WritePlainAsync(console, report));
        return (int)report.ExitCode;
    }

    private static async Task WritePlainAsync(DxConsole console, Report report)
    {
        var (writer, heading) = report.ExitCode switch
        {
            ExitCode.Verified => (console.Out, "Verified"),
            ExitCode.DoesNotVerify => (console.Out, $"DOES NOT VERIFY ({report.Code})"),
            ExitCode.NotConfirmed => (console.Out, $"Not done ({report.Code})"),
            ExitCode.StandsStill => (console.Out, $"STANDS STILL ({report.Code})"),
            _ => (console.Error, $"Cannot tell ({report.Code})"),
        };

        if (report.Payload() is { } payload)
        {
            await console.Out.WriteAsync(payload);
            return;
        }

        await writer.WriteLineAsync($"{heading}: {report.Detail}");
        var facts = report.Facts().ToList();
        var width = facts.Max(fact => (int?)fact.Name.Length + 2) is { } longest ? Math.Max(longest, 12) : 0;
        foreach (var (name, value) in facts)
        {
            await writer.WriteLineAsync($"  {name.PadRight(width)}{value}");
        }
    }
}
