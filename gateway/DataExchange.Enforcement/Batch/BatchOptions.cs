namespace DataExchange.Enforcement.Batch;

/// <summary>Limits of a batch. Section <c>Batch</c>.</summary>
public sealed class BatchOptions
{
    public const string Section = "Batch";

    /// <summary>Lines of one batch that are under way at once. Default 16; 1 to 1,024.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>Longest line in bytes; a longer one is skipped and answered with <c>payload-too-large</c>. Default 64 KiB; 256 B to 1 MiB.</summary>
    public int MaxLineBytes { get; set; } = 64 * 1024;

    /// <summary>Longest body in bytes. Default 64 MiB; at least one line.</summary>
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;
}
