namespace DataExchange.TransparencyLog;

/// <summary>Settings of a region's two logs.</summary>
public sealed class TransparencyLogOptions
{
    /// <summary>The region's name, for instance <c>demo.example</c>: letters, digits, <c>.</c> and <c>-</c>. The first part of both origins, so it never changes once a log has entries.</summary>
    public string Region { get; set; } = "";

    /// <summary>Where the signing keys stand: <c>access.key</c> and <c>governance.key</c>, made at the first start; <c>access-2.key</c> where an older log was retired.</summary>
    public string KeyFolder { get; set; } = "";

    /// <summary>Most entries of one commit. Default 4,096.</summary>
    public int MaxBatchEntries { get; set; } = 4096;

    /// <summary>Most bytes of one commit, unless its first entry alone is larger. Default 8 MiB.</summary>
    public long MaxBatchBytes { get; set; } = 8 << 20;

    /// <summary>Most entries that may wait for a commit; more are refused at once. Default 65,536.</summary>
    public int MaxQueuedEntries { get; set; } = 65_536;

    /// <summary>Most bytes that may wait for a commit; more are refused at once. Default 128 MiB.</summary>
    public long MaxQueuedBytes { get; set; } = 128 << 20;

    /// <summary>Entries whose tiles and keys are kept in memory before they are stored. Default 16,384.</summary>
    public int FlushEntries { get; set; } = 16_384;

    /// <summary>
    /// Least time between two published checkpoints, unless somebody waits for one. Appends do not wait for it. Default 10 ms.
    /// </summary>
    public TimeSpan PublishInterval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Of how many batches one is read back from the store and hashed anew before its checkpoint is signed. Default 1: every batch is, which
    /// costs 8 to 12 % of the appends that would be possible without (tests/bench).
    /// With a larger number a fault of memory or storage in the others is found by the tiles that follow behind, after the signature.
    /// </summary>
    public int ReadBackEvery { get; set; } = 1;

    /// <summary>
    /// Folder that remembers, outside the data folder and best on another disk, the newest checkpoint each log has signed: a data folder
    /// that was restored from an older backup does not start. Null for none.
    /// </summary>
    public string? HighWaterMarkFolder { get; set; }

    /// <summary>Least time between two writes of the high-water mark. Default 1 s.</summary>
    public TimeSpan HighWaterMarkInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Least time between two checkpoints that are shown to the witnesses, unless a release waits for them. Default 200 ms.</summary>
    public TimeSpan WitnessInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long one request to a witness may take. Default 5 s.</summary>
    public TimeSpan WitnessTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a release waits for a quorum, where the policy has it wait. Default 10 s.</summary>
    public TimeSpan WitnessPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause before a witness that does not cosign is tried again. Default 30 s.</summary>
    public TimeSpan MaxWitnessBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a quorum may be to be served instead of a newer checkpoint that has none yet. Default 1 s.</summary>
    public TimeSpan MaxWitnessLag { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a log that failed is verified again; doubles with every failure up to <see cref="MaxRecoveryDelay"/>. Default 100 ms.</summary>
    public TimeSpan RecoveryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause between attempts to recover. Default 5 s.</summary>
    public TimeSpan MaxRecoveryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Most entries a second that the scrubber of each log reads again and hashes. Default 20,000: about one hundredth of a core, and
    /// ten million entries in nine minutes.
    /// </summary>
    public int ScrubEntriesPerSecond { get; set; } = 20_000;

    /// <summary>Most bytes a second that it reads, sealed records included. Default 16 MiB.</summary>
    public long ScrubBytesPerSecond { get; set; } = 16 << 20;

    /// <summary>Least time from the beginning of one pass over the log to the beginning of the next. Default 10 minutes.</summary>
    public TimeSpan ScrubInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Every setting that cannot be, each with its name, value and way out.</summary>
    public IEnumerable<string> Validate()
    {
        if (Region.Length == 0 || !Region.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))
        {
            yield return $"{nameof(Region)} is '{Region}': name the region with letters, digits, '.' and '-', for instance demo.example.";
        }

        if (string.IsNullOrWhiteSpace(KeyFolder))
        {
            yield return $"{nameof(KeyFolder)} is empty: name the folder that holds the signing keys.";
        }

        foreach (var (name, value) in new[]
        {
            (nameof(MaxBatchEntries), MaxBatchEntries), (nameof(MaxBatchBytes), MaxBatchBytes), (nameof(MaxQueuedEntries), MaxQueuedEntries),
            (nameof(MaxQueuedBytes), MaxQueuedBytes), (nameof(FlushEntries), FlushEntries), (nameof(ReadBackEvery), ReadBackEvery), (nameof(RecoveryDelay), RecoveryDelay.Ticks),
            (nameof(PublishInterval), PublishInterval.Ticks), (nameof(HighWaterMarkInterval), HighWaterMarkInterval.Ticks),
            (nameof(WitnessInterval), WitnessInterval.Ticks), (nameof(WitnessTimeout), WitnessTimeout.Ticks),
            (nameof(WitnessPatience), WitnessPatience.Ticks), (nameof(MaxWitnessBackoff), MaxWitnessBackoff.Ticks), (nameof(MaxWitnessLag), MaxWitnessLag.Ticks),
            (nameof(ScrubEntriesPerSecond), ScrubEntriesPerSecond), (nameof(ScrubBytesPerSecond), ScrubBytesPerSecond), (nameof(ScrubInterval), ScrubInterval.Ticks),
        })
        {
            if (value <= 0)
            {
                yield return $"{name} is {value}: it must be more than zero.";
            }
        }

        if (MaxRecoveryDelay < RecoveryDelay)
        {
            yield return $"{nameof(MaxRecoveryDelay)} is {MaxRecoveryDelay}: it must not be less than {nameof(RecoveryDelay)}, {RecoveryDelay}.";
        }
    }
}
