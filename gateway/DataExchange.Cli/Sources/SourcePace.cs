namespace DataExchange.Cli.Sources;

/// <summary>How a source is read fastest.</summary>
/// <param name="Parallel">Reads under way at a time.</param>
/// <param name="Bundles">Entry bundles that one of them takes after the other.</param>
internal readonly record struct SourcePace(int Parallel, int Bundles)
{
    /// <summary>Files: the processors are the limit, and handing over costs more than opening the next file.</summary>
    public static SourcePace Files { get; } = new(2 * Environment.ProcessorCount, 16);

    /// <summary>A server: the way there and back is the limit.</summary>
    public static SourcePace Server { get; } = new(32, 1);
}
