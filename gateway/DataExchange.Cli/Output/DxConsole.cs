namespace DataExchange.Cli.Output;

/// <summary>Where a command reads and writes.</summary>
/// <param name="Out">The verdict.</param>
/// <param name="Error">Progress and usage.</param>
/// <param name="OpenInput">Standard input.</param>
/// <param name="IsTerminal">Whether a person watches <paramref name="Error"/>.</param>
/// <param name="StateFolder">Where checkpoints are remembered unless told otherwise; empty when the user has no data folder.</param>
internal sealed record DxConsole(TextWriter Out, TextWriter Error, Func<Stream> OpenInput, bool IsTerminal, string StateFolder)
{
    /// <summary>What waits and rates are measured by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public static DxConsole System()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new(
            Console.Out,
            Console.Error,
            Console.OpenStandardInput,
            !Console.IsErrorRedirected && !Console.IsOutputRedirected,
            data.Length == 0 ? "" : Path.Combine(data, "dx", "checkpoints"));
    }
}
